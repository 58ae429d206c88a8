package org.almagest.server.main;

import java.util.function.BooleanSupplier;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.model.Json;
import org.almagest.server.auth.Authentication;
import org.almagest.server.auth.Authentication.Denied;
import org.almagest.server.auth.Authentication.Granted;
import org.almagest.server.auth.Authentication.Why;
import org.almagest.server.auth.Authenticator;
import org.almagest.server.auth.Principal;
import org.almagest.server.http.door.Admission;
import org.almagest.server.http.door.Arrival;
import org.almagest.server.http.door.Guest;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.log.Refusal.Reason;
import org.almagest.server.quota.FailedLogins;
import org.almagest.server.quota.QuotaKind;
import org.almagest.server.quota.Quotas;
import org.almagest.server.quota.Turn;
import org.almagest.server.quota.Use;

/** Lets in who has a good key and has not used up what it may ask. */
final class KeyAdmission implements Admission {
    private static final long NANOS = 1_000_000_000L;

    /** The same for every key that is not good, so that nobody learns why. */
    private static final Problem NOT_GOOD = Problem.of(401, "UNAUTHENTICATED", "key: none, or not a good one");

    private static final StacHeaders CHALLENGE = StacHeaders.NONE.with("www-authenticate", "Bearer realm=\"almagest\"");

    private final BooleanSupplier required;
    private final Authenticator authenticator;
    private final FailedLogins logins;
    private final Quotas quotas;

    /** Creates it; where no key is required everybody is let in, and keys are not looked at. */
    KeyAdmission(BooleanSupplier required, Authenticator authenticator, FailedLogins logins, Quotas quotas) {
        this.required = required;
        this.authenticator = authenticator;
        this.logins = logins;
        this.quotas = quotas;
    }

    @Override
    public Verdict admit(Arrival arrival) {
        if (!required.getAsBoolean()) {
            return Admission.OPEN.admit(arrival);
        }
        long wait = logins.waitNanos(arrival.address());
        if (wait > 0) {
            return later(Reason.LOGINS, "key: too many that are not good", "failed-logins", (wait + NANOS - 1) / NANOS);
        }
        Authentication answer = authenticator.check(arrival.headers(), arrival.target());
        if (answer instanceof Granted granted) {
            return admit(granted.principal());
        }
        Denied denied = (Denied) answer;
        if (denied.why() != Why.ABSENT) {
            logins.failed(arrival.address());
        }
        return new Verdict.Refused(NOT_GOOD, CHALLENGE, reason(denied.why()), denied.id());
    }

    /** Returns what logs and metrics say; who asks is told nothing of it. */
    private static Reason reason(Why why) {
        return switch (why) {
            case ABSENT -> Reason.NO_KEY;
            case IN_ADDRESS, TWO, MALFORMED -> Reason.BAD_KEY;
            case UNKNOWN -> Reason.UNKNOWN_KEY;
            case EXPIRED -> Reason.EXPIRED_KEY;
            case REVOKED -> Reason.REVOKED_KEY;
        };
    }

    private Verdict admit(Principal principal) {
        Turn turn = quotas.enter(principal.name(), principal.key().quota());
        if (turn instanceof Turn.Granted granted) {
            return Verdict.admitted(new KeyHolder(principal, granted.use()));
        }
        Turn.Refused refused = (Turn.Refused) turn;
        Verdict.Refused later = later(
                reason(refused.kind()),
                "quota: " + refused.kind().word() + ": used up",
                refused.kind().word(),
                refused.waitSeconds());
        return new Verdict.Refused(later.problem(), later.headers(), later.reason(), principal.name());
    }

    private static Verdict.Refused later(Reason reason, String detail, String quota, long seconds) {
        Problem problem = Problem.of(429, "QUOTA_EXCEEDED", detail).and("quota", Json.parse('"' + quota + '"'));
        return new Verdict.Refused(problem, StacHeaders.NONE.with("retry-after", Long.toString(seconds)), reason, "");
    }

    private static Reason reason(QuotaKind kind) {
        return switch (kind) {
            case REQUESTS -> Reason.QUOTA_REQUESTS;
            case CONCURRENT -> Reason.QUOTA_CONCURRENT;
            case BYTES_IN, BYTES_OUT -> Reason.QUOTA_BYTES;
        };
    }

    /** One request of a key. */
    private record KeyHolder(Principal principal, Use use) implements Guest {
        @Override
        public StacCaller caller() {
            return principal;
        }

        @Override
        public String queue() {
            return principal.name();
        }

        @Override
        public boolean live() {
            return principal.live();
        }

        @Override
        public void leave(long bytesIn, long bytesOut) {
            use.leave(bytesIn, bytesOut);
        }
    }
}

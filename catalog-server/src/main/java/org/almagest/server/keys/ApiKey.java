package org.almagest.server.keys;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key: everything but its secret.
 *
 * @param id 12 digits, public
 * @param hash 64 hexadecimal digits, of id and secret
 * @param tenant whose store
 * @param label what the key is for, for people
 * @param grants what it may do, 1 to 100
 * @param quota how much it may ask
 * @param created when it was made, in whole seconds
 * @param expires from when on it is refused; null for never
 * @param revoked when it was revoked; null where it was not
 * @param replaces the id of the key that it was rotated from; null where it was not
 */
public record ApiKey(
        String id,
        String hash,
        String tenant,
        String label,
        List<Grant> grants,
        KeyQuota quota,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable String replaces) {
    /** The tenant whose store is the data folder itself. */
    public static final String DEFAULT_TENANT = "default";

    private static final Pattern TENANT = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LABEL_LENGTH_MAX = 200;
    private static final int GRANTS_MAX = 100;

    /** Whether a key is good for anything. */
    public enum State {
        /** It opens what it is granted. */
        LIVE,
        /** Its time is over. */
        EXPIRED,
        /** Somebody revoked it. */
        REVOKED;

        /** Returns the word in lists: {@code live}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks every part.
     *
     * @throws InvalidRequestException if one is not as {@code docs/format/keys.md} says
     */
    public ApiKey {
        grants = List.copyOf(grants);
        check(ApiKeyText.isId(id), "id", "not 12 digits of base 32");
        check(HASH.matcher(hash).matches(), "hash", "not 64 hexadecimal digits");
        checkTenant(tenant);
        checkLabel(label);
        check(!grants.isEmpty(), "grants", "none (expected at least one)");
        check(grants.size() <= GRANTS_MAX, "grants", grants.size() + " (at most " + GRANTS_MAX + ")");
        check(new HashSet<>(grants).size() == grants.size(), "grants", "one is there twice");
        check(wholeSeconds(created), "created", "not in whole seconds");
        check(expires == null || wholeSeconds(expires), "expires", "not in whole seconds");
        check(revoked == null || wholeSeconds(revoked), "revoked", "not in whole seconds");
        check(replaces == null || ApiKeyText.isId(replaces), "replaces", "not 12 digits of base 32");
    }

    private static void check(boolean holds, String part, String problem) {
        if (!holds) {
            throw new InvalidRequestException("key: " + part, problem);
        }
    }

    private static boolean wholeSeconds(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Checks the name of a tenant.
     *
     * @throws InvalidRequestException if it is none
     */
    public static void checkTenant(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            throw new InvalidRequestException(
                    "tenant", Quoted.text(tenant) + " (expected a lower-case letter, then up to 62 of [a-z0-9_])");
        }
    }

    private static void checkLabel(String label) {
        int length = label.codePointCount(0, label.length());
        check(
                length >= 1 && length <= LABEL_LENGTH_MAX,
                "label",
                length + " characters (expected 1 to " + LABEL_LENGTH_MAX + ")");
        check(
                label.codePoints().noneMatch(ApiKey::isUnprintable),
                "label",
                Quoted.text(label) + " has a control or format character");
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Returns whether it is good for anything at that time. */
    public State state(Instant now) {
        if (revoked != null) {
            return State.REVOKED;
        }
        return expires != null && !now.isBefore(expires) ? State.EXPIRED : State.LIVE;
    }

    /** Tells whether a grant covers an access to a dataset, which need not be there. */
    public boolean may(Access access, String slug) {
        for (Grant grant : grants) {
            if (grant.allows(access, slug)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether another one opens the same with the same secret, so that what the key began may go on. */
    public boolean opensTheSame(ApiKey other) {
        return id.equals(other.id)
                && hash.equals(other.hash)
                && tenant.equals(other.tenant)
                && grants.equals(other.grants);
    }

    /** Returns the bytes of the hash. */
    public byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }

    ApiKey revokedAt(Instant time) {
        return new ApiKey(id, hash, tenant, label, grants, quota, created, expires, time, replaces);
    }

    ApiKey expiringAt(Instant time) {
        return new ApiKey(id, hash, tenant, label, grants, quota, created, time, revoked, replaces);
    }

    /** Returns the id, the tenant and the grants; not the hash. */
    @Override
    public String toString() {
        return "key " + id + " of " + tenant + " " + grants;
    }
}

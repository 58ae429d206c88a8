package org.almagest.server.auth;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.runtime.RandomSource;
import org.almagest.server.auth.Authentication.Denied;
import org.almagest.server.auth.Authentication.Granted;
import org.almagest.server.auth.Authentication.Why;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.Pepper;

/**
 * Finds out whose key a request carries, with the same work whether the id is known or not.
 *
 * <p>Every well-formed key costs one HMAC and one comparison of 32 bytes that looks at all of them, and only then it is
 * decided whether there is such a key and whether it is live. A malformed one costs nothing: it holds no secret that
 * could be guessed bit by bit. Safe for use by several threads; never blocks.
 */
public final class Authenticator {
    private static final String BEARER = "Bearer ";
    private static final String AUTHORIZATION = "authorization";
    private static final String API_KEY = "x-api-key";
    private static final int HASH_BYTES = 32;

    private final Credentials credentials;
    private final Hashing hashing;
    private final Pepper nobodysPepper;

    /** Makes of a key what is stored of it; counted by a test. */
    @FunctionalInterface
    interface Hashing {
        byte[] hash(ApiKeyText text, Pepper pepper);
    }

    /** Creates it; {@code random} makes what keys are hashed with before there is a pepper. */
    public Authenticator(Credentials credentials, RandomSource random) {
        this(credentials, random, ApiKeyText::hash);
    }

    Authenticator(Credentials credentials, RandomSource random, Hashing hashing) {
        this.credentials = credentials;
        this.hashing = hashing;
        this.nobodysPepper = Pepper.of(ApiKeyText.make(random).hash(Pepper.of(new byte[HASH_BYTES])));
    }

    /**
     * Looks at the key of a request: {@code Authorization: Bearer alm_…} or {@code X-API-Key: alm_…}, one of both.
     *
     * @param target path and query as sent, which must hold no key
     */
    public Authentication check(StacHeaders headers, String target) {
        if (ApiKeyText.standsIn(target)) {
            return new Denied(Why.IN_ADDRESS, "");
        }
        List<String> bearers = headers.all(AUTHORIZATION);
        List<String> plain = headers.all(API_KEY);
        int count = bearers.size() + plain.size();
        if (count != 1) {
            return new Denied(count == 0 ? Why.ABSENT : Why.TWO, "");
        }
        Optional<ApiKeyText> text =
                (bearers.isEmpty() ? Optional.of(plain.get(0)) : bearer(bearers.get(0))).flatMap(ApiKeyText::parse);
        return text.isPresent() ? decide(text.get()) : new Denied(Why.MALFORMED, "");
    }

    private static Optional<String> bearer(String header) {
        boolean scheme = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return scheme ? Optional.of(header.substring(BEARER.length()).strip()) : Optional.empty();
    }

    private Authentication decide(ApiKeyText text) {
        KeyRing ring = credentials.current();
        long idNumber = ApiKeyText.idNumber(text.id());
        int position = ring.position(idNumber);
        Principal candidate = ring.holderAt(position); // another one's, or nobody's, where the id is not known
        byte[] actual = hashing.hash(text, ring.pepper().orElse(nobodysPepper));
        boolean same = MessageDigest.isEqual(candidate.hash(), actual);
        boolean known = ring.idAt(position) == idNumber & same;
        ApiKey.State state =
                candidate.key().state(ring.notBefore(credentials.clock().now()));
        boolean live = state == ApiKey.State.LIVE;
        if (known & live) {
            return new Granted(candidate);
        }
        return new Denied(known ? why(state) : Why.UNKNOWN, text.id());
    }

    private static Why why(ApiKey.State state) {
        return switch (state) {
            case LIVE -> Why.UNKNOWN;
            case EXPIRED -> Why.EXPIRED;
            case REVOKED -> Why.REVOKED;
        };
    }
}

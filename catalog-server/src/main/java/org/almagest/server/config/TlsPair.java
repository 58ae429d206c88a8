package org.almagest.server.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows and whom it believes.
 *
 * @param key belongs to the first certificate of the chain
 * @param chain leaf first
 * @param clientAuthorities who signs the certificates that clients must show; empty: none is asked for
 */
public record TlsPair(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
    /** Copies the lists. */
    public TlsPair {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
    }
}

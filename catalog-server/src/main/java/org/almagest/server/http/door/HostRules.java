package org.almagest.server.http.door;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which names of this server the field Host may say.
 *
 * <p>A page of another site can make a browser ask this machine under a name of that site; it then reads the answers
 * as its own. So only known names are answered, on loopback too.
 */
public final class HostRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new HashSet<>(LOOPBACK);

    /** @param publicUrl what links begin with; empty text where the field Host says it */
    public HostRules(Set<String> names, String publicUrl) {
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
        if (!publicUrl.isEmpty()) {
            this.names.add(nameOf(URI.create(publicUrl).getRawAuthority()));
        }
    }

    /**
     * Tells whether this is a name of the server.
     *
     * @param host the field, with or without port
     * @param here the address the connection came in at, which is always a name of it
     */
    public boolean ours(String host, String here) {
        String name = nameOf(host);
        return names.contains(name) || name.equals(here) || name.equals("[" + here + "]");
    }

    /** Returns a host without its port, in lower case. */
    static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon >= 0
                && colon > host.lastIndexOf(']')
                && host.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}

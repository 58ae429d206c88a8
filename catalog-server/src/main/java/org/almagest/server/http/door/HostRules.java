package org.almagest.server.http.door;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names of this server the field Host may say.
 *
 * <p>A page of another site can make a browser ask this machine under a name of that site; it then reads the answers
 * as its own. So only known names are answered, on loopback too. What is let through is a name or an address and at
 * most a port, so links can begin with it.
 */
public final class HostRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?");
    private static final int PORT_MAX = 65_535;

    private final Set<String> names = new HashSet<>(LOOPBACK);

    /** @param publicUrl what links begin with; empty text where the field Host says it */
    public HostRules(Set<String> names, String publicUrl) {
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
        if (!publicUrl.isEmpty()) {
            nameOf(URI.create(publicUrl).getRawAuthority()).ifPresent(this.names::add);
        }
    }

    /**
     * Tells whether this is a name of the server.
     *
     * @param host the field, with or without port
     * @param here the address the connection came in at, which is always a name of it
     */
    public boolean ours(String host, String here) {
        Optional<String> name = nameOf(host);
        return name.isPresent() && (names.contains(name.get()) || isAddress(name.get(), here));
    }

    /** Returns a host without its port, in lower case; nothing where the text is more or less than these two. */
    static Optional<String> nameOf(String host) {
        Matcher parts = AUTHORITY.matcher(host);
        if (!parts.matches() || parts.group(2) != null && Integer.parseInt(parts.group(2)) > PORT_MAX) {
            return Optional.empty();
        }
        return Optional.of(parts.group(1).toLowerCase(Locale.ROOT));
    }

    /** An address of IPv6 has many spellings, so those are compared as what they mean. */
    private static boolean isAddress(String name, String here) {
        if (!name.startsWith("[")) {
            return name.equals(here);
        }
        int scope = here.indexOf('%');
        String plain = scope < 0 ? here : here.substring(0, scope);
        try { // asks no name service: brackets hold addresses alone
            return plain.indexOf(':') >= 0
                    && InetAddress.getByName(name).equals(InetAddress.getByName("[" + plain + "]"));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

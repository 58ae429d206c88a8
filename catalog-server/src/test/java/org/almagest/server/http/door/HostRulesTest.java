package org.almagest.server.http.door;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HostRulesTest {
    private static final HostRules RULES = new HostRules(Set.of("catalog.example.org"), "https://public.example.org/");

    @Test
    void theAddressAConnectionCameInAtIsANameHoweverItIsSpelled() {
        String here = "2001:db8:0:0:0:0:0:1";
        assertTrue(RULES.ours("[2001:db8::1]", here));
        assertTrue(RULES.ours("[2001:DB8:0::1]:8080", here));
        assertTrue(RULES.ours("[fe80::1]", "fe80:0:0:0:0:0:0:1%eth0"));
        assertTrue(RULES.ours("192.0.2.7:80", "192.0.2.7"));
        assertFalse(RULES.ours("[2001:db8::2]", here));
        assertFalse(RULES.ours("[:::]", here));
        assertFalse(RULES.ours("2001:db8::1", here));
        assertFalse(RULES.ours("[::1.2.3]", "192.0.2.7"));
    }

    @Test
    void aHostIsANameAndAtMostAPort() {
        for (String host : new String[] {"public.example.org", "Catalog.example.org:65535", "[::1]:1", "localhost"}) {
            assertTrue(RULES.ours(host, "192.0.2.7"), host);
        }
        for (String host : new String[] {
            "localhost:80@evil.example",
            "localhost@evil.example",
            "localhost:%zz",
            "localhost:<",
            "localhost/",
            "",
            ":80"
        }) {
            assertFalse(RULES.ours(host, "192.0.2.7"), host);
        }
    }
}

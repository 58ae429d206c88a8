package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.Version;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Before 4.2.15 some floods of HTTP/2 are not counted; Armeria asks for 4.2.7. */
class NettyVersionTest {
    @Test
    void everyJarIsAtLeastTheFirstWithoutKnownFloods() {
        Map<String, Version> all = new TreeMap<>(Version.identify());
        assertTrue(all.size() >= 12, "jars found: " + all.keySet());
        all.forEach((name, version) -> {
            String[] parts = version.artifactVersion().split("\\.");
            int[] numbers = new int[3];
            for (int i = 0; i < 3; i++) {
                numbers[i] = Integer.parseInt(parts[i]);
            }
            boolean enough = numbers[0] == 4 && numbers[1] == 2 && numbers[2] >= 15;
            assertTrue(enough, name + " " + version.artifactVersion());
        });
    }
}

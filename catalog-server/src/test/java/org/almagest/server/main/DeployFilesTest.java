package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.almagest.server.config.Setting;
import org.almagest.server.config.Settings;
import org.junit.jupiter.api.Test;

/** What is put on machines as it stands: the unit, the container file, and the settings that pages name. */
class DeployFilesTest {
    private static final Path PAGES = Path.of("..", "docs", "deploy");

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(PAGES.resolve(file));
    }

    @Test
    void theContainerRunsAsAUserOfItsOwnWithoutAShell() throws IOException {
        List<String> lines = lines("Containerfile");
        assertTrue(lines.contains("USER 10001:10001"));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("ADD ")), "ADD may fetch");
        assertTrue(lines.stream()
                .filter(line -> line.startsWith("ENTRYPOINT") || line.startsWith("CMD"))
                .allMatch(line -> line.matches("(ENTRYPOINT|CMD) \\[\".*\"]")));
        assertTrue(lines.contains("CMD [\"serve\", \"--config\", \"/etc/almagest/almagest.conf\"]"));
    }

    @Test
    void theUnitStopsTheServerAsItWantsToBeStopped() throws IOException {
        List<String> lines = lines("almagest.service");
        assertTrue(lines.contains("KillSignal=SIGTERM"));
        assertTrue(lines.contains("User=almagest"));
        int stop = Integer.parseInt(lines.stream()
                .filter(line -> line.startsWith("TimeoutStopSec="))
                .findFirst()
                .orElseThrow()
                .substring("TimeoutStopSec=".length()));
        assertTrue(stop > Settings.DRAIN.fallback().toSeconds(), "requests under way are answered before it is killed");
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("MemoryDenyWriteExecute")), "the JIT writes code");
    }

    @Test
    void pagesNameSettingsThatExist() throws IOException {
        Set<String> paths = Settings.ALL.stream().map(Setting::path).collect(Collectors.toSet());
        Set<String> groups = paths.stream().map(path -> path.split("\\.")[0]).collect(Collectors.toSet());
        Pattern named = Pattern.compile("`([a-z]+\\.[a-z-]+)(?: = [^`]*)?`");
        Set<String> unknown = new TreeSet<>();
        for (String page : List.of("README.md", "logs.md", "metrics.md", "keys.md", "quotas.md", "configuration.md")) {
            named.matcher(Files.readString(PAGES.resolve(page)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> groups.contains(name.split("\\.")[0]) && !paths.contains(name))
                    .filter(name -> !List.of("keys.json", "stac.naip").contains(name))
                    .forEach(unknown::add);
        }
        assertEquals(Set.of(), unknown);
    }
}

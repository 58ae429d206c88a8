package org.almagest.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.server.config.SettingsReader.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path folder = Path.of("");

    private SettingsReading file(String text) throws IOException {
        return SettingsReader.read(
                Optional.of(Files.writeString(folder.resolve("almagest.conf"), text)), Map.of(), List.of());
    }

    @Test
    void aFlagWinsOverAVariableAndThatOverTheFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("almagest.conf"), "listen { port = 1, address = localhost }\nworkers = 3");
        SettingsReading reading = SettingsReader.read(
                Optional.of(file),
                Map.of("ALMAGEST_LISTEN_PORT", "2", "ALMAGEST_WORKERS", "4"),
                List.of(new Flag("--port", "listen.port", "3")));
        assertEquals(List.of(), reading.problems());
        Settings settings = reading.settings();
        assertEquals(3, settings.of(Settings.PORT));
        assertEquals("--port", settings.origin(Settings.PORT));
        assertEquals(4, settings.of(Settings.WORKERS));
        assertEquals("ALMAGEST_WORKERS", settings.origin(Settings.WORKERS));
        assertEquals("localhost", settings.of(Settings.ADDRESS));
        assertEquals("almagest.conf: line 1", settings.origin(Settings.ADDRESS));
        assertEquals("default", settings.origin(Settings.DRAIN));
    }

    @Test
    void unitsListsAndDottedNamesAreRead() throws IOException {
        Settings settings = file(String.join(
                        "\n",
                        "limits.body-bytes-max = 16MiB # a comment",
                        "limits.idle = 90s",
                        "shutdown.drain = 1m30s",
                        "history = P1DT1H",
                        "cors { origins = [\"https://a.example\", \"https://b.example\"] }",
                        "listen.hosts = [ one.example ]",
                        "http.compression = off"))
                .settings();
        assertEquals(16L << 20, settings.of(Settings.BODY_BYTES_MAX));
        assertEquals(Duration.ofSeconds(90), settings.of(Settings.IDLE));
        assertEquals(Duration.ofSeconds(90), settings.of(Settings.DRAIN));
        assertEquals(Duration.ofHours(25), settings.of(Settings.HISTORY));
        assertEquals(List.of("https://a.example", "https://b.example"), settings.of(Settings.CORS_ORIGINS));
        assertEquals(List.of("one.example"), settings.of(Settings.HOSTS));
        assertFalse(settings.of(Settings.COMPRESSION));
    }

    @Test
    void everyProblemIsFoundAtOnceWithItsPlace() throws IOException {
        Path file = Files.writeString(
                folder.resolve("almagest.conf"),
                String.join(
                        "\n",
                        "listen {",
                        "  prot = 80",
                        "  port = 70000",
                        "}",
                        "log.format = xml",
                        "limits.idle = soon",
                        "limits.body-bytes-max = 3 parsecs",
                        "workers = [1, 2]",
                        "keys = 3",
                        "tls.key { a = 1 }",
                        "audit.folder = 1"));
        SettingsReading reading = SettingsReader.read(
                Optional.of(file),
                Map.of("ALMAGEST_LIMITS_CONNECTIONS_MAX", "many"),
                List.of(new Flag("--set quota.requests", "quota.requests", "often")));
        assertEquals(
                List.of(
                        "almagest.conf: line 2: listen.prot: no such setting (did you mean listen.port)",
                        "almagest.conf: line 3: listen.port: 70000 (expected 0 to 65535)",
                        "almagest.conf: line 5: log.format: \"xml\" (expected one of auto, text, json)",
                        "almagest.conf: line 6: limits.idle: \"soon\" is no duration (expected such as 500ms, 30s, 10m, 12h, 30d)",
                        "almagest.conf: line 7: limits.body-bytes-max: \"3 parsecs\" is no size (expected such as 512, 8KiB or 64MiB)",
                        "almagest.conf: line 8: workers: is a list (expected 0 to 1024)",
                        "almagest.conf: line 9: keys: no such setting",
                        "almagest.conf: line 11: audit.folder: no such setting",
                        "ALMAGEST_LIMITS_CONNECTIONS_MAX: limits.connections-max: \"many\" is no whole number (expected 1 to 100000)",
                        "--set quota.requests: quota.requests: \"often\" is no rate (expected such as 200/1s or 10GiB/1d)"),
                reading.problems().stream()
                        .filter(line -> !line.contains("tls.key"))
                        .toList());
        assertTrue(
                reading.problems().contains("almagest.conf: line 10: tls.key: holds settings (expected a value)"),
                reading.problems().toString());
        assertEquals(8080, reading.settings().of(Settings.PORT));
    }

    @Test
    void theFileNeitherIncludesNorReadsTheEnvironment() throws IOException {
        assertEquals(
                List.of("almagest.conf: line 1: listen.address: ${} is not read here (write the value)"),
                file("listen.address = ${HOME}").problems());
        List<String> included = file("include \"other.conf\"").problems();
        assertEquals(1, included.size());
        assertTrue(included.get(0).contains("include is not read here"), included.get(0));
    }

    @Test
    void aFileThatCannotBeParsedSaysWhere() throws IOException {
        List<String> problems = file("listen {\n port = 80\n").problems();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("almagest.conf: line "), problems.get(0));
    }

    @Test
    void anAddressThatLinksBeginWithIsOneOfTheWeb() throws IOException {
        for (String wrong :
                List.of("catalog.example.org", "ftp://x", "https://", "https://a b", "https://x?q=1", "https://u@x")) {
            List<String> problems =
                    file("listen.public-url = \"" + wrong + "\"").problems();
            assertEquals(
                    List.of("almagest.conf: line 1: listen.public-url: \"" + wrong
                            + "\" is no address (expected such as https://catalog.example.org)"),
                    problems);
        }
        assertEquals(
                "https://x.example/a",
                file("listen.public-url = \"https://x.example/a/\"").settings().of(Settings.PUBLIC_URL));
    }

    @Test
    void nothingAndTooMuchAreProblems() throws IOException {
        assertEquals(
                List.of("almagest.conf: line 1: stac.title: null (expected a value)"),
                file("stac.title = null").problems());
        assertEquals(1, file("a = " + "[".repeat(100_000)).problems().size());
    }

    @Test
    void aMissingFileIsAProblem() {
        Path absent = folder.resolve("none.conf");
        assertEquals(
                List.of(absent + ": no such file"),
                SettingsReader.read(Optional.of(absent), Map.of(), List.of()).problems());
    }

    @Test
    void noErrorRepeatsAKey() throws IOException {
        String key = "alm_3k9d0m2qx7ra_secretsecretsecret";
        SettingsReading reading = SettingsReader.read(
                Optional.of(Files.writeString(folder.resolve("almagest.conf"), "stac.title = \"" + key + "\"")),
                Map.of("ALMAGEST_LISTEN_PORT", key),
                List.of(new Flag("--set", "stac.description", "x " + key)));
        assertEquals(3, reading.problems().size());
        reading.problems().forEach(line -> assertFalse(line.contains("alm_"), line));
    }

    @Test
    void otherVariablesAreOnlyAWarning() {
        SettingsReading reading = SettingsReader.read(
                Optional.empty(),
                Map.of("ALMAGEST_LISTEN_PROT", "1", "ALMAGEST_STORE", "/data", "PATH", "/bin"),
                List.of());
        assertEquals(List.of(), reading.problems());
        assertEquals(
                List.of("ALMAGEST_LISTEN_PROT: no such setting (did you mean ALMAGEST_LISTEN_PORT)"),
                reading.warnings());
    }

    @Test
    void everyDefaultIsWhatItsKindTakes() {
        for (Setting<?> setting : Settings.ALL) {
            SettingsReading reading = SettingsReader.read(
                    Optional.empty(),
                    Map.of(),
                    List.of(new Flag("--set", setting.path(), String.join(",", setting.words()))));
            assertEquals(List.of(), reading.problems());
            assertEquals(setting.fallback(), reading.settings().of(setting), setting.path());
        }
    }
}

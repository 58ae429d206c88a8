package org.almagest.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example file and the table say what {@link Settings#ALL} says. */
class SettingsPageTest {
    private static final Path PAGES = Path.of("..", "docs", "deploy");
    private static final Path EXAMPLE = PAGES.resolve("almagest.conf");

    @Test
    void theExampleIsAllDefaults() {
        SettingsReading reading = SettingsReader.read(Optional.of(EXAMPLE), Map.of(), List.of());
        assertEquals(List.of(), reading.problems());
        for (Setting<?> setting : Settings.ALL) {
            assertEquals(setting.fallback(), reading.settings().of(setting), setting.path());
        }
    }

    @Test
    void theExampleIsWhatTheSettingsSay() throws IOException {
        assertEquals(example(), Files.readString(EXAMPLE));
    }

    @Test
    void theTableIsWhatTheSettingsSay() throws IOException {
        String page = Files.readString(PAGES.resolve("configuration.md"));
        assertEquals(
                table(), page.lines().filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n")));
    }

    static String table() {
        return Settings.ALL.stream()
                .map(setting -> "| `" + setting.path() + "` | `" + setting.written(setting.words()) + "` | "
                        + setting.kind().says() + " | " + setting.sentence() + " |")
                .collect(Collectors.joining("\n"));
    }

    static String example() {
        StringBuilder out = new StringBuilder("""
                # almagest serve --config /etc/almagest/almagest.conf
                # Stronger is a flag, then a variable (ALMAGEST_LISTEN_PORT), then this file, then the default.
                # Every line below is the default; "almagest serve --print-config" shows what holds and why.
                """);
        String group = "";
        for (Setting<?> setting : Settings.ALL) {
            int dot = setting.path().indexOf('.');
            String own = dot < 0 ? "" : setting.path().substring(0, dot);
            if (!own.equals(group)) {
                out.append(group.isEmpty() ? "" : "}\n").append(own.isEmpty() ? "" : "\n" + own + " {\n");
                group = own;
            }
            String indent = own.isEmpty() ? "" : "  ";
            out.append(own.isEmpty() ? "\n" : "")
                    .append(indent)
                    .append("# ")
                    .append(setting.sentence())
                    .append('\n');
            out.append(indent).append(setting.path().substring(dot + 1)).append(" = ");
            out.append(setting.written(setting.words())).append('\n');
        }
        return out.append(group.isEmpty() ? "" : "}\n").toString();
    }
}

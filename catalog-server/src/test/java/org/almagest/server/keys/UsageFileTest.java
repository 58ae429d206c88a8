package org.almagest.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.server.keys.UsageFile.Saved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageFileTest {
    private static final Saved EXAMPLE = new Saved(
            Instant.parse("2026-11-22T12:00:00Z"),
            Map.of("3k9d0m2qx7ra", new KeyUsage(LocalDate.parse("2026-11-22"), new KeyUsage.Owed(0, 41_200, 3))));

    @TempDir
    Path data;

    private UsageFile file() {
        return new UsageFile(ServerFolder.in(data));
    }

    @Test
    void whatWasWrittenIsReadAndLooksAsThePageSays() throws IOException {
        assertEquals(Saved.NONE, file().read());
        file().write(EXAMPLE);
        assertEquals(EXAMPLE, file().read());
        String page = Files.readString(Path.of("../docs/format/keys.md"));
        Matcher example = Pattern.compile("(?s)```json\n(\\{\"format\":\"almagest.usage.1\".*?)```")
                .matcher(page);
        assertEquals(true, example.find());
        assertEquals(example.group(1), Files.readString(data.resolve("server/usage.json")));
    }

    @Test
    void whatNobodyCanReadCountsAsNothing() throws IOException {
        file().write(EXAMPLE);
        Path path = data.resolve("server/usage.json");
        String good = Files.readString(path);
        for (String bad : new String[] {
            "",
            "{",
            "[]",
            "{}",
            good.replace("usage.1", "usage.2"),
            good.replace("2026-11-22T", "x"),
            good.replace("41200", "1e99"),
            good.replace("41200", "1.5"),
            good.replace("\"2026-11-22\"", "\"x\""),
            good.substring(0, good.length() - 9)
        }) {
            Files.writeString(path, bad);
            assertEquals(Saved.NONE, file().read(), bad);
        }
    }
}

package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that serve nothing load nothing of what serves. */
@Tag("slow")
class CliClassesTest {
    private static final List<String> SERVING = List.of(
            "com.linecorp.",
            "io.netty.",
            "io.micrometer.",
            "io.prometheus.",
            "com.typesafe.",
            "org.slf4j.",
            "com.fasterxml.jackson.databind.",
            "org.apache.parquet.",
            "org.almagest.server.main.");

    /** Names the bounds of the server for "almagest limits", and loads nothing of it. */
    private static final String BOUNDS = "org.almagest.server.main.ServerLimits ";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"version", "limits", "key list", "quickstart --rows 100", "dataset list"})
    void loadNothingOfTheServer(String words) throws Exception {
        Path log = folder.resolve("classes.txt");
        String[] all = Stream.concat(
                        Stream.of(words.split(" ")),
                        Stream.of("--store", folder.resolve("store").toString()))
                .toArray(String[]::new);
        if (words.endsWith("list")) {
            loadNothingOfTheServer("quickstart --rows 100");
        }
        try (ChildProcess command =
                ChildProcess.start(folder, List.of("-Xlog:class+load:file=" + log + ":none"), all)) {
            assertEquals(0, command.status(), () -> words);
        }
        try (Stream<String> lines = Files.lines(log)) {
            assertEquals(
                    List.of(),
                    lines.filter(line -> SERVING.stream().anyMatch(line::startsWith))
                            .filter(line -> !line.startsWith(BOUNDS))
                            .limit(5)
                            .toList());
        }
    }
}

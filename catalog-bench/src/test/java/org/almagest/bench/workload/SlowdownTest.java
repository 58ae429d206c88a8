package org.almagest.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in the profile {@code bench} alone: {@code mvn -Pbench verify}. */
@Tag("bench")
class SlowdownTest {
    private static final Path ROOT =
            Path.of(System.getProperty("almagest.root", "..")).toAbsolutePath().normalize();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int BUILD_MINUTES = 10;

    @Test
    void nothingIsSlowerThanAtTheBaseline() throws Exception {
        assumeTrue(Files.exists(ROOT.resolve(".git")), "no repository to take the baseline from");
        String commit = Files.readString(ROOT.resolve("docs/bench/baseline")).strip();
        Path tree = TARGET.resolve("baseline-" + commit);
        build(tree, commit);
        String harness = TARGET.resolve("classes").toString();
        Guard guard = new Guard(
                TARGET.resolve("guard"),
                harness + File.pathSeparator + classPath(tree.resolve("catalog-bench/target/classpath.txt")),
                harness + File.pathSeparator + classPath(TARGET.resolve("classpath.txt")),
                System.out);
        assertEquals(List.of(), guard.slower(), "slower than at " + commit + "; docs/bench/README.md says what to do");
    }

    private static String classPath(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static void build(Path tree, String commit) throws Exception {
        if (Files.exists(tree.resolve("catalog-bench/target/classpath.txt"))) {
            return;
        }
        run(ROOT, "git", "worktree", "prune");
        if (!Files.exists(tree)) {
            run(ROOT, "git", "worktree", "add", "--detach", tree.toString(), commit);
        }
        String home = System.getProperty("almagest.maven", "");
        String maven = home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString();
        String[] build = {maven, "-q", "-B", "-ntp", "-Pquick", "-DskipTests", "-pl", "catalog-bench", "-am"};
        run(tree, Stream.concat(Stream.of(build), Stream.of("test-compile")).toArray(String[]::new));
    }

    private static void run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().collect(Collectors.toList());
        assertTrue(process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES), "takes too long: " + String.join(" ", command));
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    }
}

package org.almagest.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java on the pages compiles, and that of README.md runs: each block in a process of its own, top to
 * bottom, in one folder that is empty at first.
 */
@Tag("docs")
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    @Test
    void everyBlockOfEveryPageCompiles() throws IOException {
        StringBuilder wrong = new StringBuilder();
        for (Path page : Snippets.pages(ROOT)) {
            for (Snippets.Snippet snippet : Snippets.of(page)) {
                wrong.append(Snippets.compile(snippet, folder));
            }
        }
        assertEquals("", wrong.toString());
    }

    @Test
    void theProgramsOfTheReadmeRun() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path work = Files.createDirectory(folder.resolve("work"));
        for (Snippets.Snippet snippet : Snippets.of(ROOT.resolve("README.md"))) {
            assertEquals("", Snippets.compile(snippet, classes));
            run(snippet, classes, work);
        }
    }

    @Test
    void aBlockThatDoesNotCompileIsReported() throws IOException {
        Snippets.Snippet wrong = new Snippets.Snippet(Path.of("x.md"), 3, "int x = \"text\";");
        assertTrue(Snippets.compile(wrong, folder).startsWith("x.md:3: "), "the page and the line stand first");
    }

    private static void run(Snippets.Snippet snippet, Path classes, Path work) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        Path output = work.resolveSibling(snippet.className() + ".out");
        Process process = new ProcessBuilder(List.of(java, "-ea", "-Xmx512m", "-cp", path, snippet.className()))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ended, "README.md:" + snippet.line() + " still runs");
        assertEquals(0, process.exitValue(), "README.md:" + snippet.line() + ": " + Files.readString(output));
    }
}

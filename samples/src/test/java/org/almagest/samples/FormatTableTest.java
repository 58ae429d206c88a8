package org.almagest.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almagest.testing.FormatTableContract;

/** The pages about formats, checked here because this module sees every class they name. */
class FormatTableTest extends FormatTableContract {
    @Override
    protected List<Path> pages() throws IOException {
        Path folder = Path.of("..", "docs", "format");
        return Files.isDirectory(folder) ? filesBelow(folder, ".md") : List.of();
    }
}

package org.almagest.storage;

import java.nio.file.Path;
import java.util.List;
import org.almagest.testing.FormatTableContract;

class FormatTableTest extends FormatTableContract {
    @Override
    protected List<Path> pages() {
        Path folder = Path.of("..", "docs", "format");
        return List.of(folder.resolve("segment.md"), folder.resolve("columns.md"), folder.resolve("tombstones.md"));
    }
}

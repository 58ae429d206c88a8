package org.almagest.index;

import java.nio.file.Path;
import java.util.List;
import org.almagest.testing.FormatTableContract;

class FormatTableTest extends FormatTableContract {
    @Override
    protected List<Path> pages() {
        return List.of(Path.of("..", "docs", "format", "indexes.md"));
    }
}

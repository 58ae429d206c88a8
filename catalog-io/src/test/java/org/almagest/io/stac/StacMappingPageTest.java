package org.almagest.io.stac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StacMappingPageTest {
    private static final Pattern ROW = Pattern.compile("\\| ([a-z0-9]+(?:\\[])?) \\| ((?:`[a-z0-9:_]+` ?)+)\\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void thePublishedTableIsTheOneInUse() throws IOException {
        Path root = Path.of(System.getProperty("almagest.root", ".."));
        String page = Files.readString(root.resolve("docs/format/stac-mapping.md"));
        Map<String, Set<String>> published = new TreeMap<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            Set<String> names = NAME.matcher(rows.group(2))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            published.put(rows.group(1), names);
        }
        Map<String, Set<String>> used = new TreeMap<>();
        StacTypes.table()
                .forEach((property, field) -> used.computeIfAbsent(field.typeText(), type -> new TreeSet<>())
                        .add(property));
        assertEquals(used, published);
    }
}

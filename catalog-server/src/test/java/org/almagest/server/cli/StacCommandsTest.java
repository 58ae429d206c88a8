package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacCommandsTest {
    private static final String COLLECTION = "{\"type\":\"Collection\",\"stac_version\":\"1.1.0\",\"id\":\"ID\","
            + "\"description\":\"d\",\"license\":\"other\",\"extent\":{\"spatial\":{\"bbox\":[[0,0,1,1]]},"
            + "\"temporal\":{\"interval\":[[null,null]]}},\"links\":[]}";

    @TempDir
    Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private Path target(String name) {
        return folder.resolve(name);
    }

    private static String item(String collection, String id) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"id\":\"" + id + "\",\"collection\":\"" + collection
                + "\",\"assets\":{\"a\":{\"href\":\"x\"}},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},"
                + "\"bbox\":[1,2,1,2],\"links\":[],\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\"}}";
    }

    private Path items(String name, String... items) throws IOException {
        return Files.write(target(name), List.of(items));
    }

    @Test
    void whatIsImportedIsExportedInEveryForm() throws IOException {
        List<String> all = new ArrayList<>(List.of(COLLECTION.replace("ID", "s2"), COLLECTION.replace("ID", "l8")));
        all.addAll(List.of(item("s2", "one"), item("s2", "two"), item("l8", "one")));
        Path source = items("all.ndjson", all.toArray(String[]::new));
        assertEquals(
                "{\"collections\":2,\"items\":3,\"created\":3,\"existing\":0,\"replaced\":0,\"superseded\":0,\"rejected\":0}\n",
                CliRun.ok(store(), "stac", "import", source.toString(), "--json"));
        for (String name : List.of("tree", "items.json", "items.ndjson")) {
            assertEquals(
                    "{\"collections\":2,\"items\":3}\n",
                    CliRun.ok(store(), "stac", "export", target(name).toString(), "--json"));
            assertEquals(
                    "%d collections, 3 items: 3 created, 0 existing, 0 replaced, 0 rejected%n"
                            .formatted(name.equals("tree") ? 2 : 0),
                    CliRun.ok(
                            target("of-" + name), "stac", "import", target(name).toString()));
        }
        CliRun two = CliRun.of(store(), "stac", "export", target("a.parquet").toString());
        assertEquals(2, two.status());
        assertTrue(two.err().contains("collections of 2 datasets"), two.err());
        CliRun.ok(store(), "stac", "export", target("s2.parquet").toString(), "--collection", "s2");
        assertEquals(
                "1 collections, 2 items: 2 created, 0 existing, 0 replaced, 0 rejected\n",
                CliRun.ok(
                        target("of-parquet"),
                        "stac",
                        "import",
                        target("s2.parquet").toString()));
        assertEquals(
                CliRun.ok(store(), "query", "stac.s2", "--all-time", "--select", "item_id,assets", "--format", "csv")
                        .replaceAll(",[^,\\n]*Z,", ","),
                CliRun.ok(
                                target("of-parquet"),
                                "query",
                                "stac.s2",
                                "--all-time",
                                "--select",
                                "item_id,assets",
                                "--format",
                                "csv")
                        .replaceAll(",[^,\\n]*Z,", ","));
    }

    @Test
    void wrongItemsAreReportedAndSetTheStatus() throws IOException {
        Path rejects = target("rejects.ndjson");
        Path source = items("a.ndjson", item("s2", "one"), item("s2", "two").replace("2020-01-01", "soon"));
        CliRun run = CliRun.of(store(), "stac", "import", source.toString(), "--rejects", rejects.toString(), "--json");
        assertEquals(2, run.status());
        assertTrue(run.out().contains("\"created\":1") && run.out().contains("\"rejected\":1"), run.out());
        assertEquals(
                "{\"file\":\"" + source + "\",\"reason\":\"" + source
                        + ": line 2: field \\\"datetime\\\": text \\\"soonT00:00:00Z\\\" (expected timestamp)\"}\n",
                Files.readString(rejects));
    }

    @Test
    void anExportIsThereOnceItIsWholeAndReplacesNothing() throws IOException {
        CliRun.ok(
                store(), "stac", "import", items("a.ndjson", item("s2", "one")).toString());
        for (String name : List.of("mine.json", "mine.ndjson", "mine.parquet")) {
            Path mine = Files.writeString(target(name), "mine");
            CliRun run = CliRun.of(store(), "stac", "export", mine.toString());
            assertEquals(2, run.status());
            assertTrue(run.err().contains("is there already (expected a new file)"), run.err());
            assertEquals("mine", Files.readString(mine));
            CliRun.ok(store(), "stac", "export", target("new-" + name).toString());
            assertTrue(Files.notExists(target("new-" + name + ".part")));
        }
    }

    @Test
    void usageIsToldFromInput() {
        assertEquals(1, CliRun.of(store(), "stac").status());
        assertEquals(1, CliRun.of(store(), "stac", "import").status());
        assertEquals(
                2,
                CliRun.of(store(), "stac", "import", target("absent").toString())
                        .status());
        assertEquals(
                8,
                CliRun.of(target("no-store"), "stac", "export", target("x").toString())
                        .status());
    }
}

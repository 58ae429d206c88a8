package org.almagest.io.stac.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.names.CollectionIds;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacTreeTest {
    private static final String COLLECTION = "{\"type\":\"Collection\",\"stac_version\":\"1.1.0\",\"id\":\"ID\","
            + "\"description\":\"d\",\"license\":\"other\",\"extent\":{\"spatial\":{\"bbox\":[[0,0,1,1]]},"
            + "\"temporal\":{\"interval\":[[null,null]]}},\"links\":[LINKS]}";
    private static final String ITEM = "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"id\":\"ID\",\"assets\":{},"
            + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"bbox\":[1,2,1,2],\"links\":[],"
            + "\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\",\"eo:cloud_cover\":5}}";

    @TempDir
    Path folder;

    private final Catalog catalog = new ModelCatalog(CatalogOptions.defaults());
    private final List<String> rejections = new ArrayList<>();

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String link(String rel, String href) {
        return "{\"rel\":\"" + rel + "\",\"href\":\"" + href + "\"}";
    }

    private static String collection(String id, String... links) {
        return COLLECTION.replace("ID", id).replace("LINKS", String.join(",", links));
    }

    private static String item(String id) {
        return ITEM.replace("ID", id);
    }

    private static String itemOf(String collection, String id) {
        return item(id).replace("\"assets\"", "\"collection\":\"" + collection + "\",\"assets\"");
    }

    private TreeReport read(Path... starts) {
        return read(catalog, null, starts);
    }

    private TreeReport read(Catalog into, String collection, Path... starts) {
        rejections.clear();
        TreeImport.Settings settings = new TreeImport.Settings(
                null,
                collection,
                Limits.defaults(),
                (place, reason) ->
                        rejections.add(reason.replace(folder + "/", "").replace(real() + "/", "")),
                (file, whole) -> whole.rejected(file.toString(), "parquet " + file.getFileName()));
        try (TreeImport tree = new TreeImport(into, settings)) {
            for (Path start : starts) {
                tree.read(start);
            }
            return tree.report();
        }
    }

    private String real() {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long count(String slug) {
        return catalog.dataset(slug).count(Query.allTime().build());
    }

    @Test
    void aCatalogIsReadByItsLinksAndReplacedByItsKeys() throws IOException {
        write(
                "catalog.json",
                "{\"type\":\"Catalog\",\"id\":\"c\",\"links\":[" + link("root", "./catalog.json") + ","
                        + link("child", "./a/collection.json") + "," + link("child", "sub/catalog.json") + "]}");
        write(
                "a/collection.json",
                collection(
                        "a",
                        link("item", "./one.json"),
                        link("item", "two%20words.json"),
                        link("license", "https://x")));
        write("a/one.json", item("one"));
        write("a/two words.json", item("two"));
        write(
                "sub/catalog.json",
                "{\"type\":\"Catalog\",\"links\":[" + link("child", "../catalog.json") + "," + link("child", "b.json")
                        + "]}");
        write("sub/b.json", collection("b", link("items", "items.ndjson")));
        write("sub/items.ndjson", itemOf("b", "x") + "\n" + itemOf("b", "y") + "\n");
        write("unlinked.json", item("z"));
        TreeReport first = read(folder);
        assertEquals(List.of(), rejections);
        assertEquals(2, first.collections());
        assertEquals(4, first.counts().created());
        assertEquals(2, count("stac.a"));
        assertEquals(
                "[" + Json.parse(link("license", "https://x")) + "]",
                catalog.dataset("stac.a")
                        .collection("a")
                        .document()
                        .orElseThrow()
                        .text()
                        .replaceFirst(".*\"links\":(\\[.*?\\]).*", "$1"));
        write("a/one.json", item("one").replace(":5", ":6"));
        TreeReport second = read(folder.resolve("catalog.json"));
        assertEquals(
                List.of(1L, 3L),
                List.of(second.counts().replaced(), second.counts().existing()));
    }

    @Test
    void linksStayInTheFolderAndOffTheNetwork() throws IOException {
        write("outside.json", item("outside"));
        write("in/one.json", item("one"));
        write(
                "in/collection.json",
                collection(
                        "a",
                        link("item", "../outside.json"),
                        link("item", "https://example.com/item.json"),
                        link("item", "//example.com/item.json"),
                        link("item", "file:///etc/passwd"),
                        link("item", "missing.json"),
                        link("item", "%2e%2e/outside.json"),
                        link("item", "bad%2"),
                        link("item", "one.json")));
        TreeReport report = read(folder.resolve("in"));
        assertEquals(1, report.counts().created());
        assertEquals(7, report.counts().rejected());
        assertEquals(
                List.of(
                        "in/collection.json: link \"../outside.json\": leads out of " + real() + "/in",
                        "in/collection.json: link \"https://example.com/item.json\": absolute, not followed (expected a path below the folder)",
                        "in/collection.json: link \"//example.com/item.json\": absolute, not followed (expected a path below the folder)",
                        "in/collection.json: link \"file:///etc/passwd\": absolute, not followed (expected a path below the folder)",
                        "in/collection.json: link \"missing.json\": no such file",
                        "in/collection.json: link \"%2e%2e/outside.json\": leads out of " + real() + "/in",
                        "in/collection.json: link \"bad%2\": a % without two digits"),
                rejections.stream()
                        .map(reason -> reason.replace("of in", "of " + real() + "/in"))
                        .toList());
    }

    @Test
    void aSymbolicLinkIsNoWayOut() throws IOException {
        write("outside.json", item("outside"));
        write("in/collection.json", collection("a", link("item", "inside.json")));
        Files.createSymbolicLink(folder.resolve("in/inside.json"), folder.resolve("outside.json"));
        assertEquals(0, read(folder.resolve("in")).counts().created());
        assertEquals(1, rejections.size());
    }

    @Test
    void chainsOfCatalogsEnd() throws IOException {
        for (int i = 0; i <= StacTree.DEPTH_MAX + 1; i++) {
            write(
                    i == 0 ? "catalog.json" : i + ".json",
                    "{\"type\":\"Catalog\",\"links\":[" + link("child", (i + 1) + ".json") + "]}");
        }
        read(folder);
        assertEquals(List.of("64.json: deeper than 64 links"), rejections);
    }

    @Test
    void wrongItemsAreNamedAndTheOthersStored() throws IOException {
        Path items = write(
                "items.ndjson",
                itemOf("a", "one") + "\n" + item("two") + "\n{\"type\":\"Feature\"}\n"
                        + itemOf("a", "three").replace("2020-01-01T00:00:00Z", "never") + "\n"
                        + "{\"type\":\"Topology\"}\n"
                        + itemOf("a", "four") + "\n");
        TreeReport report = read(items);
        assertEquals(2, report.counts().created());
        assertEquals(
                List.of(
                        "items.ndjson: line 2: field \"collection\": unset (name a collection for such items)",
                        "items.ndjson: line 3: field \"collection\": unset (name a collection for such items)",
                        "items.ndjson: line 4: field \"datetime\": text \"never\" (expected timestamp)",
                        "items.ndjson: line 5: type: \"Topology\" (expected Feature, Collection or Catalog)"),
                rejections);
        assertEquals(1, read(catalog, "a", items).counts().created());
    }

    @Test
    void everyFileOfAFolderWithoutACatalogIsRead() throws IOException {
        write("x/collections.json", "{\"collections\":[" + collection("a") + "," + collection("b") + "],\"links\":[]}");
        write(
                "x/items.json",
                "{\"type\":\"FeatureCollection\",\"features\":[" + itemOf("a", "one") + "," + itemOf("b", "two")
                        + "]}");
        write("x/y/readme.txt", "nothing");
        write("x/y/some.parquet", "PAR1");
        TreeReport report = read(folder.resolve("x"));
        assertEquals(List.of("parquet some.parquet"), rejections);
        assertEquals(
                List.of(2L, 2L), List.of(report.collections(), report.counts().created()));
    }

    @Test
    void itemsDoNotGoToOtherDatasets() throws IOException {
        catalog.createDataset(DatasetSpec.of("stac.a", DatasetSchema.temporal().build()));
        read(write("items.ndjson", itemOf("a", "one")));
        assertEquals(
                List.of(
                        "items.ndjson: line 1: dataset stac.a: takes no items (expected the fields of STAC items, with their key)"),
                rejections);
    }

    @Test
    void whatIsExportedIsImportedAgainAsItWas() throws IOException {
        String odd = "..\\/a b%ü";
        write("all/collection.json", collection("Odd id"));
        write(
                "all/items.ndjson",
                itemOf("Odd id", "../../escape") + "\n" + itemOf("Odd id", "collection.json") + "\n"
                        + itemOf("Odd id", odd.replace("\\/", "\\\\/")) + "\n" + itemOf("Odd id", "x".repeat(300))
                        + "\n"
                        + itemOf("Odd id", ".hidden") + "\n"
                        + itemOf("Odd id", "wide")
                                .replace(
                                        "{\"type\":\"Point\",\"coordinates\":[1,2]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[170,0],[-170,0],[-170,9],[170,9],[170,0]]]}")
                                .replace("[1,2,1,2]", "[170,0,-170,9]"));
        read(folder.resolve("all/collection.json"), folder.resolve("all/items.ndjson"));
        assertEquals(List.of(), rejections);
        Path out = folder.resolve("out");
        TreeExport export = new TreeExport(catalog);
        export.writeTree(out, CollectionIds.of(catalog).all());
        assertEquals(6, export.items());
        assertEquals(
                "not empty (expected a new folder)",
                assertThrows(
                                InvalidRequestException.class,
                                () -> export.writeTree(
                                        out, CollectionIds.of(catalog).all()))
                        .problem());
        try (Catalog again = new ModelCatalog(CatalogOptions.defaults())) {
            TreeReport report = read(again, null, out);
            assertEquals(List.of(), rejections);
            assertEquals(6, report.counts().created());
            assertEquals(items(catalog), items(again));
            assertEquals(
                    catalog.dataset("stac.odd_id").collection("Odd id").document(),
                    again.dataset("stac.odd_id").collection("Odd id").document());
        }
        try (var all = Files.walk(folder)) {
            assertTrue(all.noneMatch(
                    path -> path.getFileName().toString().contains("escape.json") && !path.startsWith(out)));
        }
    }

    private static String items(Catalog from) throws IOException {
        StringWriter text = new StringWriter();
        new TreeExport(from).writeItems(text, CollectionIds.of(from).all(), TreeExport.Form.NDJSON);
        return text.toString().lines().sorted().toList().toString();
    }

    @Test
    void itemCollectionsAreOneDocument() throws IOException {
        read(write("items.ndjson", itemOf("a", "one") + "\n" + itemOf("a", "two")));
        StringWriter text = new StringWriter();
        new TreeExport(catalog).writeItems(text, CollectionIds.of(catalog).all(), TreeExport.Form.ITEM_COLLECTION);
        Path file = write("all.json", text.toString());
        assertEquals(2, read(file).counts().existing());
    }

    @Test
    void namesOfFilesAreSafeAndDifferent() {
        assertEquals("S2A_MSIL2A-1.0", SafeName.of("S2A_MSIL2A-1.0"));
        assertEquals("%2E.", SafeName.of(".."));
        assertEquals("a%2Fb", SafeName.of("a/b"));
        assertEquals("a%25b", SafeName.of("a%b"));
        assertEquals("collection%2Ejson", SafeName.of("collection.json"));
        String cut = SafeName.of("x".repeat(300));
        assertEquals(200, cut.length());
        assertTrue(!cut.equals(SafeName.of("x".repeat(301))));
        assertEquals("a%252Fb", SafeName.href(SafeName.of("a/b")));
    }

    @Test
    void symbolicLinksOutOfTheFolderAreNotRead() throws IOException {
        write("outside/secret.json", itemOf("a", "secret"));
        write("in/mine.json", itemOf("a", "mine"));
        Files.createSymbolicLink(folder.resolve("in/other.json"), folder.resolve("outside/secret.json"));
        Files.createSymbolicLink(folder.resolve("in/same.json"), folder.resolve("in/mine.json"));
        assertEquals(1, read(folder.resolve("in")).counts().created());
        assertEquals(List.of("in/other.json: a symbolic link that leads out of the folder"), rejections);
        Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(folder.resolve("linked/catalog.json"), folder.resolve("outside/secret.json"));
        read(folder.resolve("linked"));
        assertEquals(List.of("linked/catalog.json: a symbolic link that leads out of the folder"), rejections);
    }

    @Test
    void anItemThatCannotBeStoredIsRejectedAloneAndTheRestOfItsBatchIsStored() throws IOException {
        StringBuilder many = new StringBuilder("\"properties\":{");
        for (int i = 0; i < 5_000; i++) {
            many.append("\"p:").append(i).append("\":1,");
        }
        String wide = itemOf("a", "wide").replace("\"properties\":{", many);
        write(
                "items.ndjson",
                itemOf("a", "one") + "\n" + wide + "\n" + itemOf("a", "two") + "\n" + itemOf("a", "three") + "\n");
        TreeReport report = read(folder.resolve("items.ndjson"));
        assertEquals(1, rejections.size(), rejections.toString());
        assertTrue(rejections.get(0).startsWith("items.ndjson: line 2: "), rejections.get(0));
        assertEquals(3, report.counts().created());
        assertEquals(1, report.counts().rejected());
    }
}

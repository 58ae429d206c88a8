package org.almagest.io.stac.tree;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.names.Place;
import org.almagest.model.CollectionInfo;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;

/**
 * Writes collections as a static STAC catalog: {@code catalog.json}, {@code <collection>/collection.json} and
 * {@code <collection>/<item>/<item>.json}, with relative links. Memory holds one item. One thread.
 */
public final class TreeExport {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);
    private static final String JSON = "application/json";
    private static final String GEOJSON = "application/geo+json";

    private final Catalog catalog;
    private long items;

    /** Takes rows from a catalog, which stays open. */
    public TreeExport(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns how many items were written. */
    public long items() {
        return items;
    }

    /**
     * Writes collections to a folder.
     *
     * @param folder made where it is absent; must be empty
     * @throws InvalidRequestException if it is not empty
     * @throws IOException if it cannot be written; what was written stays
     */
    public void writeTree(Path folder, List<Place> places) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> present = Files.list(folder)) {
            if (present.findAny().isPresent()) {
                throw new InvalidRequestException(folder.toString(), "not empty (expected a new folder)");
            }
        }
        List<JsonValue> links = new ArrayList<>();
        links.add(TreeDocuments.link("root", "./catalog.json", JSON));
        for (Place place : places) {
            String name = SafeName.of(place.stacId());
            links.add(TreeDocuments.link("child", "./" + SafeName.href(name) + "/collection.json", JSON));
            writeCollection(folder.resolve(name), place);
        }
        Map<String, JsonValue> root = new LinkedHashMap<>();
        root.put("type", new JsonString("Catalog"));
        root.put("stac_version", new JsonString(TreeDocuments.STAC_VERSION));
        root.put("id", new JsonString("almagest"));
        root.put("description", new JsonString("Collections exported from an Almagest store."));
        root.put("links", new JsonArray(links));
        Files.writeString(folder.resolve("catalog.json"), CanonicalJson.text(new JsonObject(root)) + "\n");
    }

    private void writeCollection(Path folder, Place place) throws IOException {
        Files.createDirectories(folder);
        Dataset dataset = catalog.dataset(place.slug());
        Collection collection = dataset.collection(place.name());
        JsonObject document = document(collection, place);
        List<JsonValue> links = new ArrayList<>();
        links.add(TreeDocuments.link("root", "../catalog.json", JSON));
        links.add(TreeDocuments.link("parent", "../catalog.json", JSON));
        links.addAll(TreeDocuments.otherLinks(document));
        Map<String, JsonValue> members = new LinkedHashMap<>(document.members());
        members.remove("links");
        String head = CanonicalJson.text(new JsonObject(members));
        // Links to items are written one by one: there may be millions.
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("collection.json"));
                QueryResult rows = collection.query(Query.allTime().build())) {
            out.append(head, 0, head.length() - 1).append(",\"links\":[");
            String separator = "";
            for (JsonValue link : links) {
                out.append(separator).append(CanonicalJson.text(link));
                separator = ",\n";
            }
            StacItems texts = new StacItems(dataset.schema());
            for (Datapoint row : rows) {
                out.append(separator).append(CanonicalJson.text(writeItem(folder, place, texts, row)));
            }
            out.append("]}\n");
        }
    }

    /** Writes one item and returns the link to it. */
    private JsonObject writeItem(Path folder, Place place, StacItems texts, Datapoint row) throws IOException {
        JsonObject item = item(texts, row, place);
        List<JsonValue> links = new ArrayList<>();
        links.add(TreeDocuments.link("root", "../../catalog.json", JSON));
        links.add(TreeDocuments.link("parent", "../collection.json", JSON));
        links.add(TreeDocuments.link("collection", "../collection.json", JSON));
        links.addAll(TreeDocuments.otherLinks(item));
        Map<String, JsonValue> members = new LinkedHashMap<>(item.members());
        members.put("links", new JsonArray(links));
        String id = item.member("id") instanceof JsonString text ? text.value() : String.valueOf(items);
        String name = SafeName.of(id);
        Path own = folder.resolve(name);
        Files.createDirectories(own);
        Files.writeString(own.resolve(name + ".json"), CanonicalJson.text(new JsonObject(members)) + "\n");
        items++;
        String href = SafeName.href(name);
        return TreeDocuments.link("item", "./" + href + "/" + href + ".json", GEOJSON);
    }

    private static JsonObject item(StacItems texts, Datapoint row, Place place) {
        StringBuilder text = new StringBuilder(2_048);
        texts.append(text, row);
        Map<String, JsonValue> members =
                new LinkedHashMap<>(((JsonObject) JsonReader.read(text.toString(), STORED)).members());
        members.put("collection", new JsonString(place.stacId()));
        return new JsonObject(members);
    }

    /**
     * Writes the items of collections one after the other.
     *
     * @param form an item a line, or all in one FeatureCollection
     */
    public void writeItems(Writer out, List<Place> places, Form form) throws IOException {
        boolean wrapped = form == Form.ITEM_COLLECTION;
        out.append(wrapped ? "{\"type\":\"FeatureCollection\",\"features\":[" : "");
        String separator = "";
        for (Place place : places) {
            Dataset dataset = catalog.dataset(place.slug());
            StacItems texts = new StacItems(dataset.schema());
            try (QueryResult rows =
                    dataset.collection(place.name()).query(Query.allTime().build())) {
                for (Datapoint row : rows) {
                    out.append(separator).append(CanonicalJson.text(item(texts, row, place)));
                    separator = wrapped ? ",\n" : "\n";
                    items++;
                }
            }
        }
        out.append(wrapped ? "]}\n" : items > 0 ? "\n" : "");
    }

    /** How items stand in one file. */
    public enum Form {
        /** An item a line. */
        NDJSON,
        /** One FeatureCollection. */
        ITEM_COLLECTION
    }

    private static JsonObject document(Collection collection, Place place) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        collection.document().ifPresent(stored -> {
            if (JsonReader.read(stored.text(), STORED) instanceof JsonObject object) {
                members.putAll(object.members());
            }
        });
        members.put("type", new JsonString("Collection"));
        members.put("id", new JsonString(place.stacId()));
        members.putIfAbsent("stac_version", new JsonString(TreeDocuments.STAC_VERSION));
        members.putIfAbsent("description", new JsonString(place.fullForm()));
        members.putIfAbsent("license", new JsonString("other"));
        if (!(members.get("extent") instanceof JsonObject)) {
            members.put("extent", extent(collection.info()));
        }
        return new JsonObject(members);
    }

    private static JsonObject extent(CollectionInfo info) {
        JsonValue first = info.first()
                .<JsonValue>map(time -> new JsonString(time.toString()))
                .orElse(JsonNull.NULL);
        JsonValue last = info.last()
                .<JsonValue>map(time -> new JsonString(time.toString()))
                .orElse(JsonNull.NULL);
        JsonValue globe = JsonReader.read("[[-180,-90,180,90]]", STORED);
        return new JsonObject(Map.of(
                "spatial", new JsonObject(Map.of("bbox", globe)),
                "temporal",
                        new JsonObject(
                                Map.of("interval", new JsonArray(List.of(new JsonArray(List.of(first, last))))))));
    }
}

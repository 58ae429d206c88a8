package org.almagest.server.cli.stac;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.error.Quoted;
import org.almagest.error.StorageFailedException;
import org.almagest.io.RowWriter;
import org.almagest.io.parquet.Assets;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.names.CollectionIds;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.tree.TreeExport;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code almagest stac export}. */
@Command(
        name = "export",
        description = {
            "Writes collections of STAC items as a static catalog, or their items as one file.",
            "",
            "TARGET.ndjson is an item a line, TARGET.json an item collection, TARGET.parquet",
            "stac-geoparquet with the documents of the collections; any other name is a new",
            "folder for catalog.json, <collection>/collection.json and <collection>/<item>/<item>.json.",
            "Without --collection: all collections of items.",
            ""
        },
        footer = {
            "",
            "With --json it ends with {\"collections\":…,\"items\":…}.",
            "",
            "Examples:",
            "  almagest stac export my-catalog",
            "  almagest stac export naip.parquet --collection naip",
            "  almagest stac export items.ndjson"
        })
public final class StacExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TARGET", description = "A new folder, or FILE.ndjson, FILE.json or FILE.parquet.")
    private Path target = Path.of("");

    @Option(
            names = "--collection",
            paramLabel = "ID",
            description = "Write this collection only; give it again for several.")
    private List<String> collections = new ArrayList<>();

    @Option(
            names = "--assets",
            paramLabel = "FORM",
            description = "Assets in Parquet: json (default), or struct, which reads the items twice.")
    private AssetForm assets = AssetForm.JSON;

    /** The forms of assets in Parquet. */
    private enum AssetForm {
        JSON,
        STRUCT
    }

    public StacExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (Catalog catalog = session.store().read()) {
            List<Place> places = places(catalog);
            long items = write(catalog, places);
            session.console()
                    .print(
                            session.wantsJson()
                                    ? new JsonObjectText()
                                            .put("collections", places.size())
                                            .put("items", items)
                                            .toString()
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d items of %,d collections in %s",
                                            items,
                                            places.size(),
                                            target));
        }
        return 0;
    }

    private List<Place> places(Catalog catalog) {
        CollectionIds ids = CollectionIds.of(catalog);
        List<Place> places = new ArrayList<>();
        if (collections.isEmpty()) {
            for (Place place : ids.all()) {
                if (StacRows.takes(catalog.dataset(place.slug()).schema())) {
                    places.add(place);
                }
            }
            return places;
        }
        for (String id : new LinkedHashSet<>(collections)) {
            Place place = ids.place(id).orElseThrow(() -> new NotFoundException("No such collection " + id));
            if (!StacRows.takes(catalog.dataset(place.slug()).schema())) {
                throw new InvalidRequestException(
                        "collection " + Quoted.text(id), "holds no STAC items (query --format writes datapoints)");
            }
            places.add(place);
        }
        return places;
    }

    private long write(Catalog catalog, List<Place> places) {
        String name = target.toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".parquet") || name.endsWith(".ndjson") || name.endsWith(".json")) {
                return writeFile(catalog, places, name);
            }
            TreeExport export = new TreeExport(catalog);
            export.writeTree(target, places);
            return export.items();
        } catch (FileSystemException e) {
            throw new InvalidRequestException(target.toString(), "cannot be written: " + e, e);
        } catch (IOException e) {
            throw new StorageFailedException(target + ": cannot be written: " + e, e);
        }
    }

    /** Writes beside the target, which is there only once it is whole. */
    private long writeFile(Catalog catalog, List<Place> places, String name) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidRequestException(target.toString(), "is there already (expected a new file)");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            long items = name.endsWith(".parquet")
                    ? writeParquet(catalog, places, part)
                    : writeItems(
                            catalog,
                            places,
                            part,
                            name.endsWith(".ndjson") ? TreeExport.Form.NDJSON : TreeExport.Form.ITEM_COLLECTION);
            Files.move(part, target);
            return items;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static long writeItems(Catalog catalog, List<Place> places, Path part, TreeExport.Form form)
            throws IOException {
        TreeExport export = new TreeExport(catalog);
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            export.writeItems(out, places, form);
        }
        return export.items();
    }

    private long writeParquet(Catalog catalog, List<Place> places, Path part) throws IOException {
        Set<String> slugs = new LinkedHashSet<>();
        places.forEach(place -> slugs.add(place.slug()));
        if (slugs.size() != 1) {
            throw new InvalidRequestException(
                    target.toString(),
                    slugs.isEmpty()
                            ? "no collections of items to write"
                            : "collections of " + slugs.size()
                                    + " datasets (expected one, which has one schema; --collection chooses)");
        }
        Dataset dataset = catalog.dataset(slugs.iterator().next());
        Map<String, Json> documents = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (Place place : places) {
            names.add(place.name());
            dataset.collection(place.name()).document().ifPresent(document -> documents.put(place.stacId(), document));
        }
        Assets shape = new Assets();
        if (assets == AssetForm.STRUCT) {
            try (QueryResult rows =
                    dataset.query(Query.allTime().select("assets").build(), names)) {
                rows.forEach(shape::see);
            }
            if (!shape.areStructs()) {
                session.console().say("assets have no struct of at most 2,000 columns; they are written as JSON");
            }
        }
        long items = 0;
        try (RowWriter writer = GeoParquetFiles.writer(
                        new BufferedOutputStream(Files.newOutputStream(part), 1 << 16),
                        dataset.schema(),
                        documents,
                        shape);
                QueryResult rows = dataset.query(Query.allTime().build(), names)) {
            for (Datapoint row : rows) {
                writer.write(row);
                items++;
            }
        }
        return items;
    }
}

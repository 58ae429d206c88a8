package org.almagest.bench.workload;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.bench.peer.Folders;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.Wkb;
import org.almagest.io.RowWriter;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.parquet.GeoParquetFiles;
import org.almagest.io.source.SourceFiles;
import org.almagest.io.stac.StacItems;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;

/**
 * How many bytes a real STAC item takes, next to Parquet files of the same items compressed with zstd, and how long a
 * page of a hundred takes to read.
 *
 * <p>Arguments: a folder for what is made, then files: items as NDJSON, or stac-geoparquet, which DuckDB turns into
 * items.
 */
public final class StacSizes {
    private static final int PAGE_ROWS = 100;
    private static final int PAGES = 300;
    private static final int PARQUET_ROUNDS = 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String ITEMS = "select t.id, t.geometry, t.stac_version, to_json(t.stac_extensions),"
            + " to_json(t.links), to_json(t.assets), t.collection,"
            + " to_json([t.bbox.xmin, t.bbox.ymin, t.bbox.xmax, t.bbox.ymax]), to_json(p)"
            + " from '$' t positional join (select * exclude (id, type, geometry, stac_version, stac_extensions, links,"
            + " assets, collection, bbox) replace (strftime(datetime at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')"
            + " as datetime) from '$') p";

    private final Path folder;
    private final PrintStream out;

    private StacSizes(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** Runs the workload. */
    public static void main(String[] args) throws IOException, SQLException {
        if (args.length < 2) {
            System.err.println("Usage: StacSizes FOLDER FILE...");
            System.exit(1);
        }
        StacSizes sizes = new StacSizes(Path.of(args[0]), System.out);
        Files.createDirectories(sizes.folder);
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            sizes.measure(Path.of(file));
        }
    }

    private void measure(Path file) throws IOException, SQLException {
        String name = file.getFileName().toString();
        boolean parquet = name.endsWith(".parquet");
        Path items = parquet ? items(file, folder.resolve(name + ".ndjson")) : file;
        long peer = parquet(parquet ? "'" + file + "'" : json(file));
        Path store = folder.resolve(name + ".store");
        Folders.delete(store);
        try (Catalog catalog = Catalog.open(store)) {
            Dataset dataset = ingest(catalog, items);
            Maintenance maintenance = catalog.maintenance().orElseThrow();
            maintenance.flush();
            maintenance.compact();
            long count = dataset.count(Query.allTime().build());
            long bytes = segmentBytes(store);
            out.printf(
                    Locale.ROOT,
                    "%s: %d items; text %d, Parquet with zstd %d, segments %d bytes an item; ratio %.2f%n",
                    name,
                    count,
                    Files.size(items) / count,
                    peer / count,
                    bytes / count,
                    (double) bytes / peer);
            readPages(dataset);
            throughParquet(dataset, folder.resolve(name + ".own.parquet"));
        }
    }

    /** Writes the items as stac-geoparquet of our own and reads them again; the fastest of several times. */
    private void throughParquet(Dataset dataset, Path file) throws IOException {
        long items = dataset.count(Query.allTime().build());
        long fastestWrite = Long.MAX_VALUE;
        long fastestRead = Long.MAX_VALUE;
        for (int i = 0; i < PARQUET_ROUNDS; i++) {
            long start = System.nanoTime();
            write(dataset, file);
            long written = System.nanoTime();
            long back = read(file);
            fastestWrite = Math.min(fastestWrite, written - start);
            fastestRead = Math.min(fastestRead, System.nanoTime() - written);
            if (back != items) {
                throw new IllegalStateException(back + " of " + items + " items came back");
            }
        }
        out.printf(
                Locale.ROOT,
                "  as stac-geoparquet of our own: %d bytes an item; written in %.0f, read in %.0f microseconds an item%n",
                Files.size(file) / items,
                fastestWrite / NANOS_PER_MICRO / items,
                fastestRead / NANOS_PER_MICRO / items);
    }

    private static void write(Dataset dataset, Path file) throws IOException {
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(file));
        try (RowWriter writer = GeoParquetFiles.writer(to, dataset.schema(), Map.of());
                QueryResult rows = dataset.query(Query.allTime().build())) {
            for (Datapoint row : rows) {
                writer.write(row);
            }
        }
    }

    private static long read(Path file) {
        try (SourceReader reader = SourceFiles.open(file, null, SourceOptions.DEFAULT)) {
            long rows = 0;
            while (reader.hasNext()) {
                reader.next();
                rows++;
            }
            return rows;
        }
    }

    private static Dataset ingest(Catalog catalog, Path items) {
        try (SourceReader reader = SourceFiles.open(items, null, SourceOptions.DEFAULT)) {
            List<Datapoint> rows = new ArrayList<>();
            reader.forEachRemaining(row -> rows.add(row.datapoint()));
            Dataset dataset = catalog.createDataset(DatasetSpec.of("bench.items", reader.schema()));
            Collection collection = dataset.createCollection("items");
            collection.ingestAll(rows.iterator(), IngestOptions.DEFAULT, result -> {});
            return dataset;
        }
    }

    private static long segmentBytes(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            long bytes = 0;
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".seg")).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private void readPages(Dataset dataset) {
        Query query = Query.allTime().limit(PAGE_ROWS).build();
        StacItems items = new StacItems(dataset.schema());
        long[] rows = new long[PAGES];
        long[] texts = new long[PAGES];
        long characters = 0;
        for (int i = 0; i < PAGES; i++) {
            long start = System.nanoTime();
            List<Datapoint> page = dataset.query(query).toList();
            rows[i] = System.nanoTime() - start;
            StringBuilder text = new StringBuilder();
            page.forEach(row -> items.append(text, row));
            texts[i] = System.nanoTime() - start;
            characters += text.length();
        }
        Arrays.sort(rows);
        Arrays.sort(texts);
        out.printf(
                Locale.ROOT,
                "  page of %d: rows %.2f ms, as items %.2f ms (%d kB)%n",
                PAGE_ROWS,
                rows[PAGES / 2] / NANOS_PER_MILLI,
                texts[PAGES / 2] / NANOS_PER_MILLI,
                characters / PAGES / 1_000);
    }

    private static String json(Path file) {
        return "read_json('" + file + "', format = 'newline_delimited', maximum_object_size = 16777216)";
    }

    /** Returns how large a Parquet file of these rows is. */
    private long parquet(String rows) throws IOException, SQLException {
        Path file = folder.resolve("items.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select * from " + rows + ") to '" + file + "' (format parquet, compression zstd)");
        }
        return Files.size(file);
    }

    private static Path items(Path parquet, Path into) throws IOException, SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ITEMS.replace("$", parquet.toString()))) {
            while (rows.next()) {
                String geometry = GeoJsonGeometry.write(Wkb.read(rows.getBytes(2), Limits.defaults()));
                text.append("{\"type\":\"Feature\",\"id\":\"").append(rows.getString(1));
                text.append("\",\"geometry\":").append(geometry);
                text.append(",\"stac_version\":\"").append(rows.getString(3));
                text.append("\",\"stac_extensions\":").append(rows.getString(4));
                text.append(",\"links\":").append(rows.getString(5));
                text.append(",\"assets\":").append(rows.getString(6));
                text.append(",\"collection\":\"").append(rows.getString(7));
                text.append("\",\"bbox\":").append(rows.getString(8));
                text.append(",\"properties\":").append(rows.getString(9)).append("}\n");
            }
        }
        return Files.writeString(into, text);
    }
}

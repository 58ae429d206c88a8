package org.almagest.server.cli.synthetic;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.RowWriter;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.output.ProgressBar;
import org.almagest.server.cli.rows.RowFormat;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest generate}. */
@Command(
        name = "generate",
        description = "Writes realistic synthetic granules; the same seed gives the same rows everywhere.",
        footer = {
            "",
            "Examples:",
            "  almagest generate --rows 100000 --seed 7 --out granules.ndjson",
            "  almagest ingest synthetic.granules all granules.ndjson --create"
        })
public final class GenerateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--rows", required = true, paramLabel = "N", description = "How many.")
    private long rows;

    @Option(names = "--seed", paramLabel = "S", description = "Any whole number; 1 by default.")
    private long seed = 1;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "FILE.ndjson, FILE.csv or FILE.parquet; .gz behind text compresses.")
    private Path file = Path.of("");

    @Option(names = "--wide", description = "Add about 20 kB of nested assets to each row.")
    private boolean wide;

    public GenerateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (rows < 0) {
            throw new InvalidRequestException("generate: rows", rows + " (at least 0)");
        }
        RowFormat format = format();
        GranuleGenerator generator = GranuleGenerator.of(seed).with(wide ? Width.WIDE : Width.NARROW);
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put(DatasetSchema.GEOMETRY, Field.geometry(DatasetSchema.GEOMETRY));
        generator.schema().fields().forEach(field -> fields.put(field.name(), field));
        try (ProgressBar bar = new ProgressBar(session.console(), "generate");
                RowWriter writer = format.writer(open(), fields)) {
            Iterator<Datapoint> all = generator.datapoints(0, rows);
            for (long done = 1; all.hasNext(); done++) {
                writer.write(all.next());
                bar.show(done, rows, "");
            }
        }
        session.console()
                .print(
                        session.wantsJson()
                                ? new JsonObjectText()
                                        .put("rows", rows)
                                        .put("file", file.toString())
                                        .toString()
                                : String.format(Locale.ROOT, "%,d rows in %s", rows, file));
        return 0;
    }

    private RowFormat format() {
        String name = file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".ndjson")) {
            return RowFormat.NDJSON;
        }
        if (name.endsWith(".csv")) {
            return RowFormat.CSV;
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            return RowFormat.PARQUET;
        }
        throw new InvalidRequestException("generate: out", file + " (expected FILE.ndjson, FILE.csv or FILE.parquet)");
    }

    private OutputStream open() {
        try {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            return file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
        } catch (IOException e) {
            throw new InvalidRequestException(file.toString(), "cannot be written: " + e, e);
        }
    }
}

package org.almagest.server.cli.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.schema.SchemaFile;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code almagest dataset create}. */
@Command(
        name = "create",
        description = "Creates a dataset; and the store, where there is none.",
        footer = {
            "",
            "Types: string, bytes, bool, int32, int64, uint64, float32, float64, duration,",
            "timestamp, uuid, geometry, json, enum(0=NONE,1=SOME); with [] behind: array.",
            "",
            "Examples:",
            "  almagest dataset create my.telemetry --kind temporal \\",
            "      --field value:float64 --field 'history:float64[]'",
            "  almagest dataset create my.granules --kind spatiotemporal \\",
            "      --field name:string --field published:timestamp \\",
            "      --key name --version published",
            "  almagest dataset show my.granules --json > granules.json",
            "  almagest dataset create my.others --schema granules.json"
        })
public final class DatasetCreateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLUG", description = "Name: parts of [a-z][a-z0-9_]* joined by dots.")
    private String slug = "";

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--description", paramLabel = "TEXT", description = "What the dataset holds.")
    private @Nullable String description;

    /** Where the schema comes from. */
    private static final class Source {
        @Option(names = "--schema", paramLabel = "FILE.json", description = "Take the schema from a file.")
        private @Nullable Path file;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Parts parts;
    }

    /** The schema given in parts. */
    private static final class Parts {
        @Option(
                names = "--kind",
                required = true,
                paramLabel = "KIND",
                description = "temporal, or spatiotemporal where datapoints have a geometry.")
        private String kind = "";

        @Option(names = "--field", paramLabel = "NAME:TYPE", description = "A field; give it again for each.")
        private List<String> fields = new ArrayList<>();

        @Option(
                names = "--key",
                paramLabel = "FIELD",
                description = "Field that names what a datapoint describes; unique in a collection.")
        private @Nullable String key;

        @Option(
                names = "--version",
                paramLabel = "FIELD",
                description = "Timestamp or integer field; a replacement below the stored version is stale.")
        private @Nullable String version;

        @Option(
                names = "--extent",
                paramLabel = "START,END",
                description = "Two timestamp fields that hold the temporal extent.")
        private @Nullable String extent;
    }

    public DatasetCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Names.checkSlug(slug);
        DatasetSpec spec = spec();
        if (description != null) {
            spec = spec.describedAs(description);
        }
        try (Catalog catalog = session.store().writeOrCreate()) {
            Dataset created = catalog.createDataset(spec);
            session.console()
                    .print(session.wantsJson() ? DatasetListCommand.json(created) : "created " + created.slug());
        }
        return 0;
    }

    private DatasetSpec spec() {
        if (source.file != null) {
            SchemaFile file = SchemaFile.read(source.file, Limits.defaults());
            return DatasetSpec.of(slug, file.schema()).describedAs(file.description());
        }
        Parts parts = source.parts == null ? new Parts() : source.parts;
        DatasetSchema.Builder schema = SchemaParts.begin(parts.kind);
        for (String text : parts.fields) {
            Field field = Field.parse(text);
            schema.field(SchemaParts.queryableByDefault(field) ? field.queryable() : field);
        }
        if (parts.key != null) {
            schema.key(parts.key);
        }
        if (parts.version != null) {
            schema.version(parts.version);
        }
        if (parts.extent != null) {
            String[] names = parts.extent.split(",", -1);
            if (names.length != 2) {
                throw new InvalidRequestException("extent", Quoted.text(parts.extent) + " (expected START,END)");
            }
            schema.extent(names[0].strip(), names[1].strip());
        }
        return DatasetSpec.of(slug, schema.build());
    }
}

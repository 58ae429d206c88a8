package org.almagest.server.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.io.schema.SchemaFile;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.TablePrinter;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.almagest.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code almagest dataset show}. */
@Command(
        name = "show",
        description = "Shows the schema and the collections of a dataset.",
        footer = {
            "",
            "With --json it prints what \"dataset create --schema\" reads.",
            "",
            "Example:",
            "  almagest dataset show my.granules"
        })
public final class DatasetShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    public DatasetShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Catalog catalog = session.store().read()) {
            Dataset dataset = catalog.dataset(slug);
            if (session.wantsJson()) {
                session.console()
                        .print(new SchemaFile(dataset.schema(), dataset.description())
                                .toJson()
                                .stripTrailing());
            } else {
                print(dataset);
            }
        }
        return 0;
    }

    private void print(Dataset dataset) {
        Console console = session.console();
        DatasetSchema schema = dataset.schema();
        console.print(dataset.slug() + " (" + SchemaParts.kindText(schema.kind()) + ", " + dataset.id() + ")");
        if (!dataset.description().isEmpty()) {
            console.print(TablePrinter.printable(dataset.description()));
        }
        if (schema.isSpatial()) {
            String kinds =
                    schema.geometryKinds().stream().map(GeometryKind::text).collect(Collectors.joining(", "));
            console.print("geometry: " + kinds + (schema.isGeometryRequired() ? "" : ", or none"));
        }
        console.print("");
        List<Column> columns =
                List.of(Column.text("field"), Column.text("type"), Column.text("role"), Column.text("description"));
        try (TablePrinter table = new TablePrinter(console, columns)) {
            for (Field field : schema.fields()) {
                table.row(
                        field.name(),
                        field.typeText(),
                        role(schema, field),
                        field.notes().description());
            }
        }
        console.print("");
        dataset.collections()
                .forEach(collection ->
                        console.print(TablePrinter.printable(collection.info().toString())));
    }

    private static String role(DatasetSchema schema, Field field) {
        List<String> roles = new ArrayList<>();
        if (schema.key().filter(field::equals).isPresent()) {
            roles.add("key");
        }
        if (schema.version().filter(field::equals).isPresent()) {
            roles.add("version");
        }
        if (schema.extent().map(SchemaParts::names).orElse(List.of()).contains(field.name())) {
            roles.add("extent");
        }
        if (field.isQueryable()) {
            roles.add("queryable");
        }
        return String.join(", ", roles);
    }
}

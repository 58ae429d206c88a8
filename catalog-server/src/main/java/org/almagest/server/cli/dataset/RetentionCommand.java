package org.almagest.server.cli.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.model.Retention;
import org.almagest.model.Retention.Basis;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.DurationText;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code almagest collection retention}. */
@Command(
        name = "retention",
        description = {
            "Shows or sets how long the datapoints of a collection are kept.",
            "",
            "Older ones are deleted when a process opens the store for writing, about once a",
            "minute while it has it open, and by \"almagest expire\".",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  almagest collection retention my.telemetry SAT-1",
            "  almagest collection retention my.telemetry SAT-1 30d",
            "  almagest collection retention my.telemetry SAT-1 PT12H --basis ingestion",
            "  almagest collection retention my.telemetry SAT-1 none"
        })
public final class RetentionCommand implements Callable<Integer> {
    private static final String NONE = "none";

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SLUG", description = "Name of the dataset.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Name of the collection.")
    private String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "DURATION",
            description = "Age from which on datapoints are deleted: 30d, 12h, 90m, P1DT12H; or none, to keep them.")
    private @Nullable String duration;

    @Option(
            names = "--basis",
            paramLabel = "BASIS",
            description = "What the age counts from: time (default) or ingestion, which is when it was stored.")
    private @Nullable Since since;

    /** The words for {@link Basis}. */
    private enum Since {
        TIME(Basis.TIME),
        INGESTION(Basis.INGESTION_TIME);

        private final Basis basis;

        Since(Basis basis) {
            this.basis = basis;
        }
    }

    public RetentionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (duration == null) {
            requireNoBasis("without a duration");
            try (Catalog catalog = session.store().read()) {
                print(catalog.dataset(slug).collection(name).retention());
            }
            return 0;
        }
        Optional<Retention> wanted = wanted(duration);
        try (Catalog catalog = session.store().write()) {
            Collection collection = catalog.dataset(slug).collection(name);
            wanted.ifPresentOrElse(collection::putRetention, collection::clearRetention);
            print(collection.retention());
        }
        return 0;
    }

    private void requireNoBasis(String why) {
        if (since != null) {
            throw new ParameterException(spec.commandLine(), "--basis says nothing " + why);
        }
    }

    private Optional<Retention> wanted(String text) {
        if (text.strip().equalsIgnoreCase(NONE)) {
            requireNoBasis("where datapoints are kept for ever");
            return Optional.empty();
        }
        Basis basis = since == null ? Basis.TIME : since.basis;
        return Optional.of(new Retention(DurationText.parse("retention", text), basis));
    }

    private void print(Optional<Retention> retention) {
        if (session.wantsJson()) {
            session.console()
                    .print(new JsonObjectText()
                            .put("name", name)
                            .put(
                                    "retention",
                                    retention.map(RetentionCommand::age).orElse(null))
                            .put("basis", retention.map(RetentionCommand::basis).orElse(null))
                            .toString());
        } else {
            session.console()
                    .print(name + ": kept for "
                            + retention.map(RetentionCommand::text).orElse("ever"));
        }
    }

    private static String age(Retention retention) {
        return DurationText.format(retention.age());
    }

    private static String basis(Retention retention) {
        return (retention.basis() == Basis.TIME ? Since.TIME : Since.INGESTION)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    /** Returns such as {@code P30D after their time}. */
    static String text(Retention retention) {
        return age(retention) + (retention.basis() == Basis.TIME ? " after their time" : " after they were stored");
    }
}

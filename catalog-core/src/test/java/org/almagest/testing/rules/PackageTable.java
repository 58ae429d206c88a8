package org.almagest.testing.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of packages: what each may use. A package belongs to the row with the longest matching
 * name, its subpackages included; a package without a row is refused, so a new package starts with
 * a new row here. Every package may also use itself, the JDK, JSpecify, the geometry types of JTS
 * that the public API speaks, and the public packages of the modules below its own.
 */
public final class PackageTable {
    /** The packages of catalog-core that are its public API. */
    private static final List<String> CORE_PUBLIC = List.of(
            "org.almagest",
            "org.almagest.model",
            "org.almagest.schema",
            "org.almagest.query",
            "org.almagest.query.bound",
            "org.almagest.query.cql2",
            "org.almagest.aggregate",
            "org.almagest.batch",
            "org.almagest.error",
            "org.almagest.explain",
            "org.almagest.geo",
            "org.almagest.spi",
            "org.almagest.runtime");

    /** Those that our own modules may use too; samples show what a user can do and may not. */
    private static final List<String> CORE_INTERNAL = List.of(
            "org.almagest.internal.batch",
            "org.almagest.internal.format",
            "org.almagest.internal.geo",
            "org.almagest.internal.json",
            "org.almagest.internal.row",
            "org.almagest.internal.value");

    /** Module, package below {@code org.almagest}, packages it may use, artifacts it may use. */
    private static final List<Row> ROWS = rows();

    private static final String ROARING = "org.roaringbitmap";

    private PackageTable() {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        addCore(rows);
        addIndex(rows);
        addStorage(rows);
        addOuterModules(rows);
        rows.sort(Comparator.comparing((Row row) -> row.name().length()).reversed());
        return List.copyOf(rows);
    }

    private static void addCore(List<Row> rows) {
        rows.add(core("", "model schema explain query aggregate error geo spi runtime internal"));
        rows.add(core("model", "error internal.format internal.json"));
        rows.add(core("schema", "model error internal.format"));
        rows.add(core("query", "model schema batch geo error runtime internal.json internal.value"));
        rows.add(core("query.bound", "query model schema geo error internal.value"));
        rows.add(core("query.cql2", "query model geo error internal.json"));
        rows.add(core("explain", "model internal.json"));
        rows.add(core("aggregate", "model schema query query.bound error internal.json"));
        rows.add(core("batch", "model schema error"));
        rows.add(core("error", ""));
        rows.add(core("geo", "model error internal.json internal.geo", "org.locationtech.jts"));
        rows.add(core("spi", "org.almagest model error"));
        rows.add(core("runtime", "error"));
        rows.add(core("internal.format", "error"));
        rows.add(core("internal.geo", "model error", "org.locationtech.jts"));
        rows.add(core("internal.row", "batch model schema geo error internal.batch internal.format"));
        rows.add(core("internal.batch", "batch model schema error"));
        rows.add(core("internal.json", "error"));
        rows.add(core("internal.value", "model schema error"));
    }

    private static void addIndex(List<Row> rows) {
        rows.add(index("index.id", ""));
        rows.add(index("index.posting", "", "org.roaringbitmap"));
        rows.add(index("index.temporal", ""));
        rows.add(index("index.spatial", "index.posting", "org.locationtech.jts"));
        rows.add(index("index.key", ""));
        rows.add(index("index.spherical", "", "com.google.common.geometry"));
        rows.add(index("index.stats", ""));
        rows.add(index("index.column", "index.stats"));
    }

    private static void addStorage(List<Row> rows) {
        String metadata = " storage.metadata storage.compress";
        rows.add(storage("storage.fs", ""));
        rows.add(storage("storage.metadata", "", "com.google.protobuf"));
        rows.add(storage("storage.compress", "", "net.jpountz"));
        rows.add(storage("storage.wal", "storage.fs" + metadata));
        rows.add(storage("storage.column", "index"));
        rows.add(storage("storage.encoding", "storage.compress"));
        rows.add(storage("storage.page", "storage.encoding", "org.locationtech.jts"));
        rows.add(
                storage("storage.segment", "storage.page storage.encoding storage.column storage.fs index" + metadata));
        rows.add(storage("storage.manifest", "storage.fs" + metadata));
        rows.add(storage("storage.tombstone", "storage.manifest storage.fs index.posting" + metadata, ROARING));
        rows.add(storage(
                "storage.run",
                "storage.column storage.segment storage.tombstone storage.manifest storage.fs index" + metadata,
                ROARING));
        rows.add(storage(
                "storage.commit",
                "storage.wal storage.manifest storage.segment storage.run storage.compact storage.tombstone storage.fs"
                        + metadata,
                ROARING));
        rows.add(storage(
                "storage.compact",
                "storage.segment storage.tombstone storage.manifest storage.run storage.fs" + metadata,
                ROARING));
        rows.add(storage(
                "storage.recovery",
                "storage.wal storage.manifest storage.segment storage.run storage.tombstone storage.fs" + metadata));
        rows.add(storage("storage.cache", "storage.fs", "com.github.benmanes.caffeine"));
        rows.add(storage("storage.cache.chronicle", "storage.cache storage.fs", "net.openhft"));
        rows.add(storage("storage.plan", "storage.column storage.run storage.tombstone index"));
        rows.add(storage("storage.scan", "storage.column storage.run storage.tombstone storage.plan index", ROARING));
        rows.add(storage("storage.aggregate", "storage.scan storage.plan storage.run storage.column index"));
        rows.add(storage("storage.engine", "storage index", ROARING));
        rows.add(storage("storage.start", "storage.engine"));
        rows.add(storage("storage.tool", "storage index", ROARING));
    }

    private static void addOuterModules(List<Row> rows) {
        for (String format : List.of("stac", "geojson", "ndjson", "csv", "parquet", "arrow", "synthetic")) {
            rows.add(row("catalog-io", "io." + format, "io", ioArtifacts(format)));
        }
        rows.add(row("catalog-io", "io", "", "com.fasterxml.jackson org.locationtech.jts.io"));
        addStacApi(rows);
        addServer(rows);
        rows.add(row("catalog-bench", "bench", "index storage io server", "*"));
        rows.add(row("samples", "samples", "io", "jakarta.servlet com.sun.net.httpserver"));
    }

    /** The STAC API, lowest first: each package may use those named, and formats, but nothing above it. */
    private static void addStacApi(List<Row> rows) {
        rows.add(stac("exchange", ""));
        rows.add(stac("page", "exchange"));
        rows.add(stac("names", "exchange"));
        rows.add(stac("route", "exchange"));
        rows.add(stac("request", "exchange names"));
        rows.add(stac("item", "exchange names route"));
        rows.add(stac("search", "exchange page names route request item"));
        rows.add(stac("collection", "exchange page names route request item"));
        rows.add(stac("transaction", "exchange page names route item"));
        rows.add(stac("aggregation", "exchange page names route request search"));
        rows.add(stac("html", "exchange route"));
        rows.add(row("catalog-io", "io.stac.api", "io", ""));
        rows.add(row("catalog-io", "io.stac.tree", "=io =io.stac io.schema io.stac.names", ""));
    }

    private static Row stac(String name, String uses) {
        StringBuilder packages = new StringBuilder("=io =io.stac io.json");
        for (String use : words(uses)) {
            packages.append(" io.stac.").append(use);
        }
        return row("catalog-io", "io.stac." + name, packages.toString(), "com.fasterxml.jackson.core");
    }

    /** The server: who may do what is decided without sockets, and each library stays in one package. */
    private static void addServer(List<Row> rows) {
        String below = " io storage.engine storage.tool";
        rows.add(server("cli", "server.config server.keys server.log server.main" + below, "picocli"));
        rows.add(server("wire", "server.http" + below, "com.google.protobuf com.linecorp.armeria io.grpc"));
        rows.add(server("config", "", "com.typesafe.config"));
        rows.add(server("keys", "", ""));
        rows.add(server("auth", "server.keys io", ""));
        rows.add(server("quota", "server.keys", ""));
        rows.add(server("tenant", "server.keys" + below, ""));
        rows.add(server("log", "io", ""));
        rows.add(server("metrics", "server.log" + below, "io.micrometer"));
        rows.add(server("trace", "server.log", "io.opentelemetry"));
        rows.add(server(
                "http",
                "server.auth server.quota server.log server.config io",
                "com.linecorp.armeria io.netty org.reactivestreams"));
        rows.add(server("stac", "server.http server.auth server.log server.tenant" + below, ""));
        rows.add(server("main", "server" + below, ""));
    }

    private static Row server(String name, String uses, String artifacts) {
        return row("catalog-server", "server." + name, uses, artifacts);
    }

    private static String ioArtifacts(String format) {
        return switch (format) {
            case "parquet" -> "org.apache.parquet org.apache.hadoop com.github.luben.zstd com.fasterxml.jackson";
            case "arrow" -> "org.apache.arrow com.fasterxml.jackson org.locationtech.jts.io";
            case "synthetic" -> "org.locationtech.jts";
            default -> "com.fasterxml.jackson org.locationtech.jts.io";
        };
    }

    private static Row core(String name, String uses) {
        return core(name, uses, "");
    }

    private static Row core(String name, String uses, String artifacts) {
        return row("catalog-core", name, uses, artifacts);
    }

    private static Row index(String name, String uses) {
        return index(name, uses, "");
    }

    private static Row index(String name, String uses, String artifacts) {
        return row("catalog-index", name, uses, artifacts);
    }

    private static Row storage(String name, String uses) {
        return storage(name, uses, "");
    }

    private static Row storage(String name, String uses, String artifacts) {
        return row("catalog-storage", name, uses, artifacts);
    }

    private static Row row(String module, String name, String uses, String artifacts) {
        Set<String> packages = new LinkedHashSet<>();
        for (String use : words(uses)) {
            packages.add(absolute(use));
        }
        if (!module.equals("catalog-core")) {
            packages.addAll(CORE_PUBLIC);
        }
        if (!module.equals("catalog-core") && !module.equals("samples")) {
            packages.addAll(CORE_INTERNAL);
        }
        return new Row(module, absolute(name), packages, words(artifacts));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    private static String absolute(String name) {
        if (name.startsWith("=")) {
            return "=" + absolute(name.substring(1));
        }
        if (name.isEmpty() || name.equals("org.almagest")) {
            return "org.almagest";
        }
        return "org.almagest." + name;
    }

    /** Returns the row of a package, or nothing when the table has none. */
    static Optional<Row> rowOf(String packageName) {
        return ROWS.stream().filter(row -> row.holds(packageName)).findFirst();
    }

    /** One package of the table and what it may use. */
    record Row(String module, String name, Set<String> packages, List<String> artifacts) {
        boolean holds(String packageName) {
            return within(packageName, name);
        }

        boolean allowsPackage(String packageName) {
            return holds(packageName) || packages.stream().anyMatch(allowed -> within(packageName, allowed));
        }

        boolean allowsArtifact(String packageName) {
            return artifacts.stream().anyMatch(prefix -> prefix.equals("*") || within(packageName, prefix));
        }

        /** The root package, and one written with {@code =}, stand for themselves alone. */
        private static boolean within(String packageName, String prefix) {
            if (prefix.startsWith("=")) {
                return packageName.equals(prefix.substring(1));
            }
            return packageName.equals(prefix) || !prefix.equals("org.almagest") && packageName.startsWith(prefix + ".");
        }
    }
}

package org.almagest.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.almagest.bench.data.GranuleSource;

/** The engines by name. */
public final class Peers {
    /** The engines that need nothing but this module, in the order of reports; the first is ours. */
    public static final List<String> EMBEDDED = List.of("almagest", "sqlite", "duckdb", "lucene", "h2");

    private Peers() {}

    /**
     * Opens an engine; creates its store where there is none.
     *
     * @param name one of {@link #EMBEDDED} or {@code almagest-5} or {@code almagest-keyed}
     * @param folder a folder of its own
     */
    public static Peer open(String name, Path folder, GranuleSource source) throws Exception {
        return switch (name) {
            case "almagest" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.ONE_COLLECTION);
            case "almagest-5" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.FIVE_COLLECTIONS);
            case "almagest-keyed" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.KEYED);
            case "sqlite" -> new SqlitePeer(folder);
            case "duckdb" -> new DuckDbPeer(folder);
            case "lucene" -> new LucenePeer(folder);
            case "h2" -> new H2Peer(folder);
            default -> throw new IllegalArgumentException("no engine " + name);
        };
    }
}

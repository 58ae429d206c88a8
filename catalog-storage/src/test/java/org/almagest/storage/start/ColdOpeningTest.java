package org.almagest.storage.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What opening a store in a new process loads. Most of its time goes into classes, so they are counted instead of time:
 * a group that comes back is seen here on any machine.
 */
class ColdOpeningTest {
    private static final String BEGIN = "## begin";
    private static final String END = "## end";
    private static final Pattern LOADED = Pattern.compile("(?:\\[[^]]*])* ?([\\w.$/+]+) source: .*");

    /** Each of these groups took between a thirtieth and a quarter of an opening before it was left out. */
    private static final List<Pattern> UNWANTED = List.of(
            Pattern.compile("com\\.google\\.protobuf\\..*"), // records of metadata are read and written field by field
            Pattern.compile(".*\\.MetadataProto.*"),
            Pattern.compile("java\\.lang\\.runtime\\.ObjectMethods.*"), // records that are compared compare by hand
            Pattern.compile("org\\.almagest\\..*\\$\\$Lambda.*"), // the first lambda of a process brings its compiler
            Pattern.compile("java\\.util\\.ServiceLoader.*|java\\.net\\.URLConnection"), // the engine is found by name
            Pattern.compile("java\\.util\\.concurrent\\.(ForkJoinPool|LinkedBlockingQueue).*"), // workers wait without
            Pattern.compile("java\\.util\\.(Formatter|logging\\.).*"),
            Pattern.compile("java\\.text\\..*|jdk\\.internal\\.icu\\..*"), // Unicode forms, for names beyond ASCII
            Pattern.compile("sun\\.security\\.provider\\..*"), // random bits, digests
            Pattern.compile("java\\.net\\.Inet.*|java\\.lang\\.ProcessHandle.*"), // who holds the lock
            Pattern.compile("org\\.roaringbitmap\\..*"), // nothing is deleted
            Pattern.compile("org\\.locationtech\\..*"), // no geometry is read
            Pattern.compile("org\\.almagest\\.storage\\.(aggregate|column|page|encoding|scan\\.Scan).*"));

    /**
     * An opening takes 390 classes here, half of them of the JDK; it took 574 when this was written, and half as many again
     * before. Another JDK takes some more or less: 25 makes a lambda of its own where classes come from folders, not jars,
     * which takes some thirty.
     */
    private static final int CLASSES_MAX = Runtime.version().feature() < 25 ? 420 : 450;

    /** What the code of another compiler needs besides. */
    private static final int UNLISTED_MAX = 3;

    /** What only a writer loads ahead, and what depends on the system. */
    private static final int UNLISTED_OF_ANSWERS_MAX = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(CatalogOptions.OpenMode.class)
    void loadsNothingThatItDoesNotNeed(CatalogOptions.OpenMode mode) throws Exception {
        List<String> loaded = openedAgain(mode);
        List<String> unwanted = new ArrayList<>();
        for (String name : loaded) {
            if (UNWANTED.stream().anyMatch(group -> group.matcher(name).matches())) {
                unwanted.add(name);
            }
        }
        assertEquals(List.of(), unwanted);
        assertTrue(loaded.contains(EmbeddedStart.class.getName()), loaded::toString);
        assertTrue(loaded.size() <= CLASSES_MAX, () -> loaded.size() + " classes: " + loaded);
    }

    /** A class that is missing in the list is loaded where it is needed, one too many is loaded for nothing. */
    @ParameterizedTest
    @EnumSource(CatalogOptions.OpenMode.class)
    void theListOfWhatIsLoadedAheadIsTrue(CatalogOptions.OpenMode mode) throws Exception {
        List<String> needed = new ArrayList<>(openedAgain(mode));
        needed.removeIf(name -> !name.startsWith("org.almagest."));
        needed.subList(0, needed.indexOf(ClassesAhead.class.getName()) + 1).clear();
        List<String> ahead = ClassesAhead.names(mode);
        List<String> idle = new ArrayList<>(ahead);
        idle.removeAll(needed);
        assertEquals(List.of(), idle, "listed and not needed");
        needed.removeAll(ahead);
        needed.removeIf(name -> name.startsWith("org.almagest.runtime.")
                || name.startsWith(getClass().getName()));
        if (mode == CatalogOptions.OpenMode.READ_WRITE) {
            assertTrue(needed.size() <= UNLISTED_MAX, () -> "needed and not listed: " + needed);
        }
        assertEquals(ahead.size(), new HashSet<>(ahead).size(), "listed twice");
    }

    /** The same for what first answers need besides; a class that the caller or another thread loads may be missing. */
    @Test
    void theListOfWhatFirstAnswersNeedIsTrue() throws Exception {
        store();
        List<String> needed = loaded(CatalogOptions.OpenMode.READ_ONLY, Answered.class);
        List<String> ahead = ClassesAhead.namesOfAnswers();
        List<String> idle = new ArrayList<>(ahead);
        idle.removeAll(needed);
        assertEquals(List.of(), idle, "listed and not needed");
        assertFalse(needed.contains("java.lang.runtime.ObjectMethods"), "records that are compared compare by hand");
        assertFalse(needed.contains("java.util.stream.Nodes"), "no streams");
        needed.removeIf(name -> !name.startsWith("org.almagest.")
                || name.contains("$$Lambda")
                || name.startsWith(getClass().getName()));
        needed.removeAll(ahead);
        assertTrue(needed.size() <= UNLISTED_OF_ANSWERS_MAX, () -> "needed and not listed: " + needed);
        assertEquals(ahead.size(), new HashSet<>(ahead).size(), "listed twice");
        List<String> both = new ArrayList<>(ahead);
        both.retainAll(ClassesAhead.names(CatalogOptions.OpenMode.READ_WRITE));
        assertEquals(List.of(), both, "listed for the opening as well");
    }

    @Test
    void theGroupsAreRecognised() {
        assertTrue(LOADED.matcher("[0.123s][info][class,load] java.util.regex.Pattern source: shared objects file")
                .matches());
        assertTrue(LOADED.matcher("[0.1s] org.almagest.A$$Lambda$4/0x00007f3a88025448 source: org.almagest.A")
                .matches());
    }

    /** Makes a store, and returns the classes that a new process loads to open it. */
    private List<String> openedAgain(CatalogOptions.OpenMode mode) throws Exception {
        store();
        return loaded(mode, Opened.class);
    }

    private void store() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection scenes = catalog.createDataset(DatasetSpec.spatioTemporal("cold.scenes")
                            .field(Field.string("granule_name").queryable())
                            .key("granule_name")
                            .field(Field.float64("cloud_cover").queryable())
                            .build())
                    .getOrCreateCollection("S2A");
            for (int i = 0; i < 3; i++) {
                scenes.ingest(List.of(Datapoint.at("202" + i + "-04-15T10:26:31Z")
                        .set("granule_name", "S2A_" + i)
                        .set("cloud_cover", 12.5)
                        .geometry("POLYGON ((7 45, 8 45, 8 46, 7 46, 7 45))")
                        .build()));
            }
        }
    }

    private List<String> loaded(CatalogOptions.OpenMode mode, Class<?> main) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=1", // then nothing is loaded ahead
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        folder.toString(),
                        mode.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> loaded = new ArrayList<>();
        boolean counts = false;
        boolean ended = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var match = LOADED.matcher(line);
                if (line.endsWith(BEGIN) || line.endsWith(END)) {
                    counts = line.endsWith(BEGIN);
                    ended |= line.endsWith(END);
                } else if (counts && match.matches()) {
                    loaded.add(match.group(1));
                }
            }
        }
        assertEquals(0, process.waitFor());
        assertTrue(ended);
        return loaded;
    }

    /** The process that opens. */
    static final class Opened {
        private Opened() {}

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            CatalogOptions.OpenMode mode = CatalogOptions.OpenMode.valueOf(args[1]);
            System.out.println(BEGIN);
            Catalog catalog = Catalog.open(folder, CatalogOptions.defaults().with(mode));
            boolean found = catalog.findDataset("cold.scenes").isPresent();
            System.out.println(END);
            catalog.close();
            System.exit(found ? 0 : 1);
        }
    }

    /** The process that asks for a span of time, for a box in it, and for a row by id. */
    static final class Answered {
        private Answered() {}

        public static void main(String[] args) {
            Catalog catalog = Catalog.open(Path.of(args[0]), CatalogOptions.readOnly());
            Dataset dataset = catalog.findDataset("cold.scenes").orElseThrow();
            Instant start = Instant.ofEpochSecond(1_586_908_800L); // 2020-04-15
            Instant end = start.plusSeconds(86_400);
            System.out.println(BEGIN);
            TimeInterval day = TimeInterval.of(start, end);
            Datapoint row = only(dataset, Query.during(day).build());
            row = only(
                    dataset,
                    Query.during(day)
                            .intersecting(BoundingBox.of(7.5, 45.5, 9, 46))
                            .build());
            row = dataset.find(row.id().orElseThrow()).orElseThrow();
            boolean whole = row.values().size() == 2 && row.geometry().isPresent();
            System.out.println(END);
            catalog.close();
            System.exit(whole ? 0 : 1);
        }

        private static Datapoint only(Dataset dataset, Query query) {
            try (QueryResult rows = dataset.query(query)) {
                return rows.iterator().next();
            }
        }
    }
}

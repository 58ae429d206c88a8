package org.almagest.storage.start;

import java.util.ArrayList;
import java.util.List;
import org.almagest.CatalogOptions;

/**
 * Loads the classes that an opening needs in a second thread, while the opening needs the first of them. Nothing else
 * depends on it: a name that is missing here, or is not there, costs a fraction of a millisecond.
 *
 * <p>Most of the time of the first opening in a process goes into finding and parsing class files. Classes are loaded
 * here, but neither linked nor initialised, so that no static code runs in another order than without this; and only
 * by a loader that takes a lock for each class, so that nobody waits for more than the class that they need.
 */
public final class ClassesAhead implements Runnable {
    /**
     * The classes by package, in the order in which an opening needs them, with a plus those that only a writer needs.
     * {@code ColdOpeningTest} keeps them true.
     */
    private static final String NAMES = """
            org.almagest.storage.engine EmbeddedProvider
            org.almagest.error StoreLockedException
            org.almagest.storage.fs NoSpaceIOException Storage
            org.almagest.error NoSpaceException StorageFailedException NotFoundException
            org.almagest.storage.fs FileMissingIOException DiskStorage Uninterrupted$Call AppendFile ReadFile
            org.almagest.storage.fs DiskMappings MappedBytes StorageCounters StorageCounters$Counter Barrier
            org.almagest.storage.fs Barrier$Kind FileSystemKind FileSystemKind$Medium
            org.almagest.storage.recovery StoreFolder
            org.almagest.error CorruptSectionException CorruptStoreException
            org.almagest.storage.fs StorageNames LockMode DiskLocks LockHandle DiskLocks$Held
            +org.almagest.storage.fs ThisProcess DiskAppendFile
            org.almagest Maintenance
            org.almagest.storage.engine EmbeddedCatalog
            org.almagest.storage.metadata MetadataChange
            org.almagest Dataset
            org.almagest.error AlreadyExistsException
            org.almagest.storage.engine EmbeddedProvider$Closing StoreOpening
            org.almagest.storage.commit ReaderLeases
            org.almagest.storage.wal WalReplay$Sink
            org.almagest.storage.run Run
            org.almagest.storage.fs WholeFiles DiskReadFile
            org.almagest.storage.metadata FormatFile
            org.almagest.error UnsupportedFormatException
            org.almagest.storage.metadata StoreIdentity
            org.almagest.storage.run OpenFiles OpenFiles$Generation
            org.almagest.storage.commit StoreParts Poison
            org.almagest.storage.manifest ManifestStore
            org.almagest.storage.fs FileExistsIOException
            org.almagest.storage.engine StoreOpening$1
            org.almagest.storage.recovery Leases
            org.almagest.storage.run SegmentFiles IdleCursors Stripes
            org.almagest.storage.commit RetiredFiles
            org.almagest.storage.manifest ManifestFormat ManifestFormat$FileBytes
            org.almagest.internal.format Place
            org.almagest.storage.metadata ManifestCodec ManifestCodec$Decoder Manifest Manifest$Builder
            org.almagest.storage.metadata CatalogMetadata EntryMaps SortedTree SegmentRecords
            org.almagest.model Bytes
            org.almagest.storage.metadata WireReader Records SchemaRecords
            org.almagest.schema FieldType
            org.almagest.storage.metadata SchemaRecords$Parts
            org.almagest.schema GeometryKind TypeKind SimpleType Field Field$Multiplicity Field$QueryableNotes
            org.almagest.schema FieldNotes
            org.almagest.model Names
            org.almagest.error Quoted
            org.almagest.schema DatasetSchema DatasetSchema$Builder DatasetKind
            org.almagest.storage.metadata WireWriter
            org.almagest.schema EnumType
            org.almagest.storage.metadata DatasetEntry EntryMaps$IdKey SortedTree$Node CollectionEntry SegmentEntry
            org.almagest.storage.metadata SegmentEntry$Location PartitionWindow$Kind PartitionWindow
            org.almagest.storage.metadata SegmentEntry$Bounds
            org.almagest.model DatapointId BoundingBox
            org.almagest.storage.metadata Manifest$ByPlace DecodedManifest
            +org.almagest.storage.commit Publisher
            +org.almagest.storage.manifest ManifestStore$Prepared ManifestStore$Publication
            +org.almagest.storage.fs DiskStorage$1 Uninterrupted
            +org.almagest.storage.manifest DataFile DataFile$Kind DataFiles
            org.almagest.storage.run SegmentRun FieldCursor RowCursor BoxColumn ExtentColumn LiveRun
            org.almagest.storage.tombstone Tombstones
            org.almagest.storage.run CollectionRuns Snapshot NumberedMap
            org.almagest.storage.commit Replay
            org.almagest.storage.wal WalReplay$Start
            org.almagest.storage.engine StoreOpening$3
            org.almagest.storage.wal WalReplay WalFiles WalReader WalReader$Origin FileWindow WalHeader WalFormat
            org.almagest.storage.wal WalHeader$Previous FrameKind Frame WalReplay$Outcome
            org.almagest.storage.engine StoreOpening$Recovered
            +org.almagest.storage.wal WalWriter WalWriter$State
            +org.almagest.storage.commit History
            +org.almagest.storage.run NumberedMap$1
            +org.almagest.storage.commit Flush$Work Publisher$1 Publisher$Published Journal
            +org.almagest.error OutcomeUnknownException
            +org.almagest.storage.commit Compactor Compactor$1 Compactor$State Committer
            org.almagest.storage.commit Change
            +org.almagest.storage.commit Committer$1 Committer$2 Committer$3
            +org.almagest.storage.engine StoreOpening$2
            org.almagest.storage.engine Engine
            org.almagest.query QueryResult
            org.almagest.storage.engine Engine$View
            org.almagest.storage.scan ManyCollections
            org.almagest.storage.plan Shortcut
            org.almagest.storage.engine Totals Versions
            org.almagest VersionLease
            org.almagest.storage.engine Engine$1 BindWorkers
            +org.almagest.storage.engine StoreOpening$Tidying Engine$2 Engine$3
            org.almagest.storage.engine EmbeddedDataset
            org.almagest Collection
            org.almagest.error ConflictException
            """;

    private static boolean started;

    private final CatalogOptions.OpenMode mode;

    private ClassesAhead(CatalogOptions.OpenMode mode) {
        this.mode = mode;
    }

    /** Begins to load, once in a process; does nothing on a machine with one processor. */
    public static synchronized void load(CatalogOptions options) {
        ClassLoader loader = ClassesAhead.class.getClassLoader();
        if (!started
                && Runtime.getRuntime().availableProcessors() > 1
                && loader != null
                && loader.isRegisteredAsParallelCapable()) {
            started = true;
            options.seams().scheduler().aside("almagest-classes", new ClassesAhead(options.mode()));
        }
    }

    @Override
    public void run() {
        try {
            for (String name : names(mode)) {
                load(name);
            }
        } catch (OutOfMemoryError e) {
            // This only saves time: whoever opens the store says that there is no memory.
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, ClassesAhead.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            // Whoever needs the class says so; nobody may ever need it.
        }
    }

    /** Returns the names of the classes to load, in that order. */
    static List<String> names(CatalogOptions.OpenMode mode) {
        List<String> names = new ArrayList<>();
        int next = 0;
        while (next < NAMES.length()) {
            int end = NAMES.indexOf('\n', next);
            if (NAMES.charAt(next) != '+') {
                addNames(NAMES.substring(next, end), names);
            } else if (mode == CatalogOptions.OpenMode.READ_WRITE) {
                addNames(NAMES.substring(next + 1, end), names);
            }
            next = end + 1;
        }
        return names;
    }

    /** Adds the names of a line, which is a package and its classes with a blank before each. */
    private static void addNames(String line, List<String> names) {
        int blank = line.indexOf(' ');
        String prefix = line.substring(0, blank) + ".";
        while (blank >= 0) {
            int end = line.indexOf(' ', blank + 1);
            names.add(prefix + (end < 0 ? line.substring(blank + 1) : line.substring(blank + 1, end)));
            blank = end;
        }
    }
}

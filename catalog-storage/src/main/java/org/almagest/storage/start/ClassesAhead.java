package org.almagest.storage.start;

import java.util.ArrayList;
import java.util.List;
import org.almagest.CatalogOptions;

/**
 * Loads the classes that an opening needs in a second thread, while the opening needs the first of them, and after it
 * those of first answers, while these are asked for. Nothing else depends on it: a name that is missing here, or is not there, costs a fraction of a millisecond.
 *
 * <p>Most of the time of the first opening in a process goes into finding and parsing class files. Classes are loaded
 * here, but neither linked nor initialised, so that no static code runs in another order than without this; and only
 * by a loader that takes a lock for each class, so that nobody waits for more than the class that they need.
 */
final class ClassesAhead implements Runnable {
    /**
     * The classes by package, in the order in which an opening needs them, with a plus those that only a writer needs.
     * {@code ColdOpeningTest} keeps them true.
     */
    private static final String NAMES = """
            org.almagest.storage.engine EmbeddedProvider
            org.almagest.error StoreLockedException
            org.almagest.storage.fs NoSpaceIOException Storage
            org.almagest.error NoSpaceException StorageFailedException NotFoundException
            org.almagest.storage.fs FileMissingIOException DiskStorage Residence$Eras ReadAlong Uninterrupted$Call AppendFile ReadFile
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

    /** The classes that the first rows of a span of time, of a box and by id need besides. */
    private static final String NAMES_OF_ANSWERS = """
            org.almagest.model TimeInterval TimeInterval$Bound
            org.almagest.query Query Query$Builder TimeMatch SortOrder
            org.almagest.storage.engine Engine$Scope
            org.almagest.storage.run OpenFiles$Pin
            org.almagest.storage.engine Versions$Held QueryCheck
            org.almagest.query SpatialFilter
            org.almagest.query.bound BoundSort
            org.almagest.query Filter PageToken
            org.almagest.storage.scan Scan$Bounds
            org.almagest.runtime Deadline
            org.almagest.error CancelledException DeadlineExceededException
            org.almagest.storage.metadata CatalogMetadata$Listed
            org.almagest.storage.scan ScanSource ResultRows Scan Scan$Course Scan$RunConsumer QueryTests
            org.almagest.geo PlaceTest AntimeridianCut
            org.almagest.model AntimeridianRule
            org.almagest.geo PolygonRepair
            org.locationtech.jts.geom TopologyException
            org.almagest.model GeometryValidity
            org.almagest.storage.scan OpenCursors
            org.almagest.query.bound FieldValues
            org.almagest.storage.scan RowTest IdRange IdRange$Beyond Scan$Reading SourceTests SourceTests$ByExtent
            org.almagest.storage.scan PlaceOnce LaterRuns LaterRuns$Later
            org.almagest.internal.format Presence
            org.almagest.internal.geo Outline
            org.almagest.query.bound BoundFilter
            org.almagest.internal.row RowSelection
            org.almagest.model FieldNames FieldNames$Origin FieldNames$StoredGeometry
            org.almagest.storage.plan Conditions Conditions$Asked
            org.almagest.query.bound BoundTerm
            org.almagest.storage.plan RowSpan
            org.almagest.storage.scan VisibleRows
            org.almagest.storage.tombstone Tombstones$None
            org.roaringbitmap ImmutableBitmapDataProvider BitmapDataProvider AppendableStorage RoaringBitmap
            org.roaringbitmap IntIterator WordStorage Container RunContainer InvalidRoaringFormat
            org.roaringbitmap PeekableIntIterator BatchIterator RelativeRangeConsumer RoaringArray ContainerPointer
            org.roaringbitmap BitmapContainer ArrayContainer
            org.almagest.storage.scan RunScan
            org.almagest.storage.plan Candidates QueryTrace$Passed
            org.almagest.storage.scan RunHeads ScanResult$Hold ScanResult ScanResult$State
            org.almagest.internal.batch BatchArrays$Shape
            org.almagest.storage.engine Engine$Abandoned
            org.almagest.storage.plan RowAccess RowAccess$Choice BlockFilter CodeTest AllRows
            org.almagest.storage.run SegmentRun$Boxes
            org.almagest.storage.segment SegmentIdentity
            org.almagest.storage.fs DiskMappings$1 ArenaMapper DiskMappings$Mapping
            org.almagest.storage.segment SegmentRef SegmentReader SegmentFile SegmentHeader
            org.almagest.internal.format SectionFrame
            org.almagest.storage.segment SegmentFormat SegmentFooter SectionTable SectionKind SectionKind$Presence
            org.almagest.storage.segment SectionTable$Section Box SegmentDescription$CommitRange SegmentDescription
            org.almagest.storage.segment BoxColumn
            org.almagest.storage.run SegmentRun$Fields
            org.almagest.storage.segment PageFieldCursor SegmentPages PageDirectory CommitTable
            org.almagest.storage.page PageFields PageFields$KnownGeometry OpenPage
            org.almagest.storage.encoding PageBytes Packed ContentSlot ContentReader ConstantContent
            org.almagest.storage.encoding DictionaryContent PlainContent ConcatContent DigitsContent HexContent
            org.almagest.storage.encoding DecimalContent ShapesContent BlocksContent
            org.almagest.storage.page PageColumn
            org.almagest.storage.encoding ByteSink
            org.almagest.internal.row RowReader RowLayout Slot
            org.almagest.internal.format Varint
            org.almagest.storage.page FieldType
            org.almagest.internal.row FieldDecoder
            org.almagest.internal.batch RowPlaces
            org.almagest.storage.page FieldSlot FieldReader IntegerField PairField GeometrySource GeometryField
            org.almagest.storage.page ListField ContentField
            org.almagest.storage.segment SegmentPages$Position SegmentPages$Position$Opener
            org.almagest.storage.page PageSpan PageBodies
            org.almagest.internal.row ValueCodec ValueCodec$1
            org.almagest.storage.page IntegerField$1
            org.almagest.internal.row GeometryValues
            org.almagest.geo Wkb WkbReader
            org.locationtech.jts.geom Geometry Lineal LineString Puntal Point CoordinateSequence Polygonal Polygon
            org.almagest.internal.geo GeometryBudget
            org.almagest.geo GeometryBuilder
            org.locationtech.jts.geom GeometryCollection MultiPoint MultiLineString MultiPolygon GeometryFactory
            org.locationtech.jts.geom CoordinateSequenceFactory
            org.locationtech.jts.geom.util GeometryEditor$GeometryEditorOperation
            org.locationtech.jts.geom PrecisionModel PrecisionModel$Type
            org.locationtech.jts.geom.impl CoordinateArraySequenceFactory CoordinateArraySequence
            org.locationtech.jts.geom Coordinate
            org.almagest.geo PositionChecks
            org.almagest.internal.geo Place
            org.almagest.geo GeometryType WkbReader$1
            org.locationtech.jts.geom CoordinateArrays Coordinates CoordinateXY CoordinateXYM CoordinateXYZM
            org.locationtech.jts.geom LinearRing GeometryComponentFilter Geometry$1
            org.almagest.model Datapoint FieldMap
            org.almagest.query SpatialPredicate CoordinateSystem
            org.almagest.geo Footprint FilterBox
            org.almagest.storage.scan QueryTests$1
            org.almagest.geo PlanarPredicate PreparedFilter
            org.locationtech.jts.geom.prep PreparedGeometryFactory PreparedGeometry BasicPreparedGeometry
            org.locationtech.jts.geom.prep PreparedPolygon
            org.locationtech.jts.algorithm.locate PointOnGeometryLocator
            org.locationtech.jts.geom.util ComponentCoordinateExtracter
            org.locationtech.jts.geom Envelope
            org.almagest.geo IndexBox Covering
            org.almagest.internal.geo PolygonTest
            org.almagest.index.spatial CellCover CellWindow CellWindow$Columns CellGrid
            org.almagest.geo PreparedFilter$1 BoxAnswer
            org.almagest.internal.geo AreaGrid$Cell
            org.almagest.storage.engine Lookups Lookups$In
            org.almagest.storage.scan RowOrigin
            org.almagest.storage.run LiveRows LiveRows$Place SegmentRun$Whole IdleCursors$Idle
            """;

    private static boolean started;
    private static boolean startedAgain;

    private final String lines;
    private final boolean ofWriters;

    private ClassesAhead(String lines, boolean ofWriters) {
        this.lines = lines;
        this.ofWriters = ofWriters;
    }

    /** Begins to load what an opening needs, once in a process; does nothing on a machine with one processor. */
    static synchronized void ofOpening(CatalogOptions options) {
        ClassLoader loader = ClassesAhead.class.getClassLoader();
        if (!started
                && Runtime.getRuntime().availableProcessors() > 1
                && loader != null
                && loader.isRegisteredAsParallelCapable()) {
            started = true;
            options.seams().scheduler().aside("almagest-classes", new ClassesAhead(NAMES, isWriter(options.mode())));
        }
    }

    /** Begins to load what first answers need, where {@link #ofOpening} did; the opening is over by then. */
    static synchronized void ofAnswers(CatalogOptions options) {
        if (started && !startedAgain) {
            startedAgain = true;
            options.seams().scheduler().aside("almagest-answers", new ClassesAhead(NAMES_OF_ANSWERS, false));
        }
    }

    @Override
    public void run() {
        try {
            for (String name : names(lines, ofWriters)) {
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
        return names(NAMES, isWriter(mode));
    }

    private static boolean isWriter(CatalogOptions.OpenMode mode) {
        return mode == CatalogOptions.OpenMode.READ_WRITE;
    }

    /** Returns the names of the classes to load after that, in that order. */
    static List<String> namesOfAnswers() {
        return names(NAMES_OF_ANSWERS, false);
    }

    private static List<String> names(String lines, boolean ofWriters) {
        List<String> names = new ArrayList<>();
        int next = 0;
        while (next < lines.length()) {
            int end = lines.indexOf('\n', next);
            if (lines.charAt(next) != '+') {
                addNames(lines.substring(next, end), names);
            } else if (ofWriters) {
                addNames(lines.substring(next + 1, end), names);
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

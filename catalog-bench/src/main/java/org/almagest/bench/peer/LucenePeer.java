package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.data.TimeSpan;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LatLonShape;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.ShapeField.QueryRelation;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.geo.Line;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.IndexSortSortedNumericDocValuesRangeQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/** Lucene with an index sorted by time, shapes that answer without help, and stored fields. */
final class LucenePeer implements Peer {
    private static final String ID = "id";
    private static final String TIME = "time";
    private static final String SHAPE = "shape";
    private static final String CLOUD = "cloud_cover";
    private static final String POLARIZATION = "polarization";
    private static final String ASSETS = "assets";
    private static final double BUFFER_MEBIBYTES = 128;

    private final Path folder;
    private final Directory directory;
    private @Nullable IndexWriter writer;
    private final WKBWriter wkb = new WKBWriter(2, 2);

    LucenePeer(Path folder) throws IOException {
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
        if (!DirectoryReader.indexExists(directory)) {
            writer().commit();
        }
    }

    /** Returns the writer; asking needs none, so that it is not opened before there is something to write. */
    private IndexWriter writer() throws IOException {
        if (writer == null) {
            writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig()
                            .setIndexSort(new Sort(new SortField(TIME, SortField.Type.LONG)))
                            .setRAMBufferSizeMB(BUFFER_MEBIBYTES));
        }
        return writer;
    }

    @Override
    public String version() {
        return "Lucene " + Version.LATEST;
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2;
    }

    @Override
    public long ingest(List<Granule> rows) throws IOException {
        IndexWriter into = writer();
        long before = into.getDocStats().numDocs;
        for (Granule row : rows) {
            BytesRef id = id(row);
            try {
                into.updateDocument(new Term(ID, id), document(row, id, LucenePeer::polygons));
            } catch (IllegalArgumentException e) {
                // A sliver that the cut left may collapse when rounded, and then has no triangles: its outline has.
                into.updateDocument(new Term(ID, id), document(row, id, LucenePeer::outlines));
            }
        }
        into.commit();
        return into.getDocStats().numDocs - before;
    }

    private static BytesRef id(Granule row) {
        return new BytesRef(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(row.idHigh())
                .putLong(row.idLow())
                .array());
    }

    /** How a geometry is indexed. */
    private interface Shapes {
        void add(Document document, Geometry geometry);
    }

    private Document document(Granule row, BytesRef id, Shapes shapes) {
        Document document = new Document();
        document.add(new StringField(ID, id, Field.Store.YES));
        document.add(new LongPoint(TIME, row.timeMillis()));
        document.add(new NumericDocValuesField(TIME, row.timeMillis()));
        document.add(new StoredField(TIME, row.timeMillis()));
        shapes.add(document, row.geometry());
        document.add(new StoredField("geometry", wkb.write(row.geometry())));
        document.add(new StoredField("name", row.name()));
        document.add(new StoredField("platform", row.platform()));
        document.add(new StoredField("product_type", row.productType()));
        document.add(new StoredField("baseline", row.baseline()));
        document.add(new StoredField("orbit", row.orbit()));
        Double cloud = row.cloudCover();
        if (cloud != null) {
            document.add(new DoublePoint(CLOUD, cloud));
            document.add(new StoredField(CLOUD, cloud));
        }
        document.add(new StoredField("file_size", row.fileSize()));
        document.add(new StoredField("checksum", row.checksum()));
        document.add(new StoredField("published_at", row.publishedMillis()));
        for (String value : row.polarization()) {
            document.add(new StoredField(POLARIZATION, value));
        }
        String assets = row.assets();
        if (assets != null) {
            document.add(new StoredField(ASSETS, assets));
        }
        return document;
    }

    private static void polygons(Document document, Geometry geometry) {
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            for (Field field : LatLonShape.createIndexableFields(SHAPE, polygon(geometry.getGeometryN(i)))) {
                document.add(field);
            }
        }
    }

    private static void outlines(Document document, Geometry geometry) {
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Polygon polygon = polygon(geometry.getGeometryN(i));
            Line outline = new Line(polygon.getPolyLats(), polygon.getPolyLons());
            for (Field field : LatLonShape.createIndexableFields(SHAPE, outline)) {
                document.add(field);
            }
        }
    }

    private static Polygon polygon(Geometry geometry) {
        Coordinate[] ring =
                ((org.locationtech.jts.geom.Polygon) geometry).getExteriorRing().getCoordinates();
        double[] latitudes = new double[ring.length];
        double[] longitudes = new double[ring.length];
        for (int i = 0; i < ring.length; i++) {
            latitudes[i] = ring[i].y;
            longitudes[i] = ring[i].x;
        }
        return new Polygon(latitudes, longitudes);
    }

    @Override
    public void finish() throws IOException {
        writer().commit();
    }

    @Override
    public void settle() throws IOException {
        writer().forceMerge(1);
        writer().commit();
    }

    @Override
    public Session session() throws IOException {
        return new Questions(DirectoryReader.open(directory));
    }

    @Override
    public long bytesOnDisk() throws IOException {
        return Folders.bytes(folder);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
        directory.close();
    }

    private static final class Questions implements Session {
        private final DirectoryReader reader;
        private final IndexSearcher searcher;
        private final WKBReader wkb = new WKBReader();

        Questions(DirectoryReader reader) {
            this.reader = reader;
            this.searcher = new IndexSearcher(reader);
        }

        @Override
        public void ask(Question question, RowDigest digest) throws IOException {
            switch (question.kind()) {
                case F -> digest.counted(searcher.count(during(question.time())));
                case E -> add(searcher.search(new TermQuery(new Term(ID, id(question.wanted()))), 1), digest);
                case I ->
                    add(
                            searcher.search(
                                    during(question.time()),
                                    QuestionKind.PAGE_ROWS,
                                    new Sort(new SortField(TIME, SortField.Type.LONG))),
                            digest);
                default -> addAll(query(question), digest);
            }
        }

        private static Query during(TimeSpan time) {
            Query points = LongPoint.newRangeQuery(TIME, time.startMillis(), time.endMillis() - 1);
            Query values = NumericDocValuesField.newSlowRangeQuery(TIME, time.startMillis(), time.endMillis() - 1);
            return new IndexSortSortedNumericDocValuesRangeQuery(
                    TIME, time.startMillis(), time.endMillis() - 1, new IndexOrDocValuesQuery(points, values));
        }

        private static Query query(Question question) {
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            if (!question.time().isAll()) {
                all.add(during(question.time()), Occur.FILTER);
            }
            Area area = question.area();
            if (area != null) {
                all.add(shape(area), Occur.FILTER);
            }
            if (question.kind() == QuestionKind.G) {
                double below = Math.nextDown(QuestionKind.CLOUD_BELOW);
                all.add(DoublePoint.newRangeQuery(CLOUD, Double.NEGATIVE_INFINITY, below), Occur.FILTER);
            }
            return all.build();
        }

        private static Query shape(Area area) {
            if (area.shape() == Area.Shape.BOX) {
                Envelope first = area.boxes().get(0);
                Envelope last = area.boxes().get(area.boxes().size() - 1);
                return LatLonShape.newBoxQuery(
                        SHAPE,
                        QueryRelation.INTERSECTS,
                        first.getMinY(),
                        first.getMaxY(),
                        first.getMinX(),
                        last.getMaxX());
            }
            return LatLonShape.newGeometryQuery(SHAPE, QueryRelation.INTERSECTS, polygon(area.geometry()));
        }

        /** Collects in the order of the documents, which is that of the stored blocks. */
        private void addAll(Query query, RowDigest digest) throws IOException {
            int[] documents = searcher.search(query, new DocumentNumbers());
            StoredFields stored = reader.storedFields();
            for (int document : documents) {
                add(stored.document(document), digest);
            }
        }

        private void add(TopDocs found, RowDigest digest) throws IOException {
            StoredFields stored = reader.storedFields();
            for (ScoreDoc one : found.scoreDocs) {
                add(stored.document(one.doc), digest);
            }
        }

        private void add(Document row, RowDigest digest) {
            digest.begin();
            digest.unchecked(row.getBinaryValue(ID).bytes[2 * Long.BYTES - 1]);
            digest.number(number(row, TIME));
            digest.geometry(geometry(row));
            digest.text(row.get("name"));
            digest.text(row.get("platform"));
            digest.text(row.get("product_type"));
            digest.text(row.get("baseline"));
            digest.number(number(row, "orbit"));
            IndexableField cloud = row.getField(CLOUD);
            digest.real(cloud == null ? Double.NaN : cloud.numericValue().doubleValue());
            digest.number(number(row, "file_size"));
            digest.text(row.get("checksum"));
            digest.number(number(row, "published_at"));
            String[] polarization = row.getValues(POLARIZATION);
            digest.number(polarization.length);
            for (String value : polarization) {
                digest.text(value);
            }
            String assets = row.get(ASSETS);
            if (assets != null) {
                digest.json(assets);
            }
            digest.end();
        }

        private static long number(Document row, String field) {
            return row.getField(field).numericValue().longValue();
        }

        private Geometry geometry(Document row) {
            BytesRef bytes = row.getBinaryValue("geometry");
            try {
                return wkb.read(bytes.bytes); // stored values have an array of their own
            } catch (ParseException e) {
                throw new IllegalStateException("Lucene returned a damaged geometry", e);
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}

package org.almagest.bench.peer;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.RowDigest;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/** Rows in and out of the tables of SQL engines, which name and order their columns alike. One thread. */
final class JdbcRows {
    /** The columns of a granule, in the order in which rows are read and written. */
    static final String COLUMNS = "id, time, geometry, name, platform, product_type, baseline, orbit, cloud_cover,"
            + " file_size, checksum, published_at, polarization, assets";

    /** One mark for each of {@link #COLUMNS}. */
    static final String MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    /** How many columns there are. */
    static final int COLUMN_COUNT = 14;

    private static final int ID = 1;
    private static final int GEOMETRY = 3;
    private static final int POLARIZATION = 13;

    private final WKBReader reader = new WKBReader();
    private final WKBWriter writer = new WKBWriter(2, 2);
    private final Dialect dialect;

    JdbcRows(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What engines do differently. */
    interface Dialect {
        /** Sets the id of a row. */
        void setId(PreparedStatement statement, int column, Granule row) throws SQLException;

        /** Reads an id and consumes it. */
        void readId(ResultSet rows, int column, RowDigest digest) throws SQLException;

        /** Sets an array of text; called with at least one element. */
        void setTexts(PreparedStatement statement, int column, String[] values) throws SQLException;

        /** Reads an array of text; empty where it is unset. */
        String[] readTexts(ResultSet rows, int column) throws SQLException;
    }

    /** Sets the columns of a row, from column {@code first} on. */
    void set(PreparedStatement statement, int first, Granule row) throws SQLException {
        int column = first;
        dialect.setId(statement, column++, row);
        statement.setLong(column++, row.timeMillis());
        statement.setBytes(column++, writer.write(row.geometry()));
        statement.setString(column++, row.name());
        statement.setString(column++, row.platform());
        statement.setString(column++, row.productType());
        statement.setString(column++, row.baseline());
        statement.setLong(column++, row.orbit());
        Double cloud = row.cloudCover();
        if (cloud == null) {
            statement.setNull(column++, Types.DOUBLE);
        } else {
            statement.setDouble(column++, cloud);
        }
        statement.setLong(column++, row.fileSize());
        statement.setString(column++, row.checksum());
        statement.setLong(column++, row.publishedMillis());
        if (row.polarization().isEmpty()) {
            statement.setNull(column++, Types.ARRAY);
        } else {
            dialect.setTexts(statement, column++, row.polarization().toArray(new String[0]));
        }
        statement.setString(column, row.assets());
    }

    /** Makes a polygon ready to be compared with many rows. */
    static PreparedGeometry prepare(Area area) {
        return PreparedGeometryFactory.prepare(area.geometry());
    }

    /** Adds the rest of the rows to a digest, those alone that meet {@code area}. */
    void addAll(ResultSet rows, @Nullable PreparedGeometry area, RowDigest digest) throws SQLException {
        while (rows.next()) {
            Geometry geometry = parse(rows.getBytes(GEOMETRY));
            if (area == null || area.intersects(geometry)) {
                add(rows, geometry, digest);
            }
        }
    }

    /** Adds the current row to a digest. */
    void add(ResultSet rows, Geometry geometry, RowDigest digest) throws SQLException {
        int column = ID;
        digest.begin();
        dialect.readId(rows, column++, digest);
        digest.number(rows.getLong(column++));
        digest.geometry(geometry);
        column++;
        digest.text(rows.getString(column++));
        digest.text(rows.getString(column++));
        digest.text(rows.getString(column++));
        digest.text(rows.getString(column++));
        digest.number(rows.getLong(column++));
        double cloud = rows.getDouble(column++);
        digest.real(rows.wasNull() ? Double.NaN : cloud);
        digest.number(rows.getLong(column++));
        digest.text(rows.getString(column++));
        digest.number(rows.getLong(column));
        String[] polarization = dialect.readTexts(rows, POLARIZATION);
        digest.number(polarization.length);
        for (String value : polarization) {
            digest.text(value);
        }
        String assets = rows.getString(COLUMN_COUNT);
        if (assets != null) {
            digest.json(assets);
        }
        digest.end();
    }

    /** Returns the geometry of the current row. */
    Geometry geometry(ResultSet rows) throws SQLException {
        return parse(rows.getBytes(GEOMETRY));
    }

    private Geometry parse(byte[] wkb) {
        try {
            return reader.read(wkb);
        } catch (ParseException e) {
            throw new IllegalStateException("a peer returned a damaged geometry", e);
        }
    }
}

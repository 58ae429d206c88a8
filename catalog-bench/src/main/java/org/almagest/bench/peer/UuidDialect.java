package org.almagest.bench.peer;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.RowDigest;
import org.jspecify.annotations.Nullable;

/** Ids as {@link UUID} and texts as SQL arrays. */
final class UuidDialect implements JdbcRows.Dialect {
    private static final String[] NONE = {};

    @Override
    public void setId(PreparedStatement statement, int column, Granule row) throws SQLException {
        statement.setObject(column, new UUID(row.idHigh(), row.idLow()));
    }

    @Override
    public void readId(ResultSet rows, int column, RowDigest digest) throws SQLException {
        digest.unchecked(((UUID) rows.getObject(column)).getLeastSignificantBits());
    }

    @Override
    public void setTexts(PreparedStatement statement, int column, String[] values) throws SQLException {
        statement.setObject(column, values);
    }

    @Override
    public String[] readTexts(ResultSet rows, int column) throws SQLException {
        @Nullable Array array = rows.getArray(column);
        if (array == null) {
            return NONE;
        }
        Object[] values = (Object[]) array.getArray();
        return Arrays.copyOf(values, values.length, String[].class);
    }
}

package org.almagest.io.stac.item;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almagest.io.PropertyFields;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.names.ItemKeys;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Where the values of a schema's fields stand in an item, of which only some members may be wanted. Immutable. */
final class ItemPlan {
    private static final String PROPERTIES = "/properties/";
    private static final String DATETIME = "datetime";

    /** A field that is written as a property or member. */
    record Entry(String field, String name, byte[] quoted, FieldPaths kept) {}

    final ItemKeys keys;
    final FieldPaths kept;
    final List<Entry> properties;
    final List<Entry> members;
    final boolean hasOther;

    private ItemPlan(ItemKeys keys, FieldPaths kept, boolean hasOther) {
        this.keys = keys;
        this.kept = kept;
        this.properties = new ArrayList<>();
        this.members = new ArrayList<>();
        this.hasOther = hasOther;
    }

    /** Returns the plan of items of a dataset. */
    static ItemPlan of(DatasetSchema schema, FieldPaths kept) {
        boolean hasOther = schema.field(PropertyFields.OTHER)
                .filter(field -> field.kind() == TypeKind.JSON)
                .isPresent();
        ItemPlan plan = new ItemPlan(ItemKeys.of(schema), kept, hasOther);
        boolean born = isBornAsStac(schema);
        Set<String> taken = new HashSet<>();
        for (Field field : schema.fields()) {
            if (!(hasOther && field.name().equals(PropertyFields.OTHER))) {
                plan.add(field, born, taken);
            }
        }
        return plan;
    }

    /** Tells whether the items of a dataset came as STAC: then members beside properties are fields too. */
    static boolean isBornAsStac(DatasetSchema schema) {
        return schema.key().flatMap(Field::sourcePointer).filter("/id"::equals).isPresent();
    }

    private void add(Field field, boolean born, Set<String> taken) {
        String pointer = field.sourcePointer().orElse("");
        boolean assets = field.name().equals("assets") && field.kind() == TypeKind.JSON;
        if (born ? isMember(pointer) : assets) {
            String name = born ? unescaped(pointer.substring(1)) : "assets";
            members.add(entry(field, name, kept.below(name)));
            return;
        }
        String name = born && pointer.startsWith(PROPERTIES)
                ? unescaped(pointer.substring(PROPERTIES.length()))
                : PropertyNames.of(field);
        boolean fineTime =
                name.equals(DATETIME) && field.kind() == TypeKind.TIMESTAMP && pointer.startsWith(PROPERTIES);
        while (name.equals(DATETIME) && !fineTime || !taken.add(name)) {
            name += "_";
        }
        FieldPaths inner = kept.below("properties");
        if (inner.keeps(name)) {
            properties.add(entry(field, name, inner.below(name)));
        }
    }

    private static boolean isMember(String pointer) {
        return pointer.startsWith("/") && !pointer.startsWith(PROPERTIES);
    }

    private static Entry entry(Field field, String name, FieldPaths kept) {
        byte[] quoted = new ByteSink(name.length() + 8).json(name).put(':').toByteArray();
        return new Entry(field.name(), name, quoted, kept);
    }

    static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /** Returns the fields whose values are needed to write what is wanted. */
    Set<String> fields() {
        Set<String> fields = new HashSet<>();
        keys.field().ifPresent(key -> fields.add(key.name()));
        properties.forEach(entry -> fields.add(entry.field()));
        members.stream().filter(entry -> kept.keeps(entry.name())).forEach(entry -> fields.add(entry.field()));
        if (hasOther) {
            fields.add(PropertyFields.OTHER);
        }
        return fields;
    }

    /** Returns the member of an item with this name; null where no field holds it. */
    @Nullable
    Entry member(String name) {
        for (Entry entry : members) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }
}

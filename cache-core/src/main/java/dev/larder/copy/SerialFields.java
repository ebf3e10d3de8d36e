package dev.larder.copy;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The fields that serialisation writes of a class without a say in it: its own and those of Serializable superclasses. */
final class SerialFields {

    private SerialFields() {}

    static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; Serializable.class.isAssignableFrom(each); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (isWritten(field)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isWritten(Field field) {
        return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
    }
}

package dev.larder.codec.jackson;

import dev.larder.codec.Unordered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/**
 * Writes sets and maps that have no order of their own in the natural order of their elements and keys, so that equal
 * ones are written alike. Jackson's own switch for that would also take the order of linked maps away. Where only a
 * {@code Set} is asked for, it is read as a linked one, so that its bytes are the same when it is written again.
 */
final class SortedContainers {

    private SortedContainers() {}

    static JacksonModule module() {
        return new SimpleModule("larder-sorted")
                .setSerializerModifier(new Modifier())
                .addAbstractTypeMapping(Set.class, LinkedHashSet.class);
    }

    /** The same container with its elements sorted, or itself where that makes no sense. */
    private static Object sorted(Object container) {
        if (!Unordered.is(container)) {
            return container;
        }
        return container instanceof Map<?, ?> map ? sortedMap(map) : sortedElements((Collection<?>) container);
    }

    private static Map<?, ?> sortedMap(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (!areComparable(map.keySet())) {
            return map;
        }
        entries.sort((one, other) -> compare(one.getKey(), other.getKey()));
        Map<@Nullable Object, @Nullable Object> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Collection<?> sortedElements(Collection<?> elements) {
        List<?> sorted = new ArrayList<>(elements);
        if (!areComparable(sorted)) {
            return elements;
        }
        sorted.sort(null);
        return sorted;
    }

    @SuppressWarnings("unchecked") // both are of one class that is Comparable
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static boolean areComparable(Collection<?> elements) {
        Object first = elements.isEmpty() ? null : elements.iterator().next();
        return first instanceof Comparable
                && elements.stream().allMatch(element -> element != null && element.getClass() == first.getClass());
    }

    /** Puts itself before the serialisers of sets and maps. */
    private static final class Modifier extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return Set.class.isAssignableFrom(type.getRawClass()) ? Sorting.before(serializer) : serializer;
        }

        @Override
        public ValueSerializer<?> modifyMapSerializer(
                SerializationConfig config,
                MapType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return Sorting.before(serializer);
        }
    }

    /** Sorts, and leaves the rest to the serialiser behind it. */
    private static final class Sorting extends ValueSerializer<Object> {

        private final ValueSerializer<Object> next;

        private Sorting(ValueSerializer<Object> next) {
            this.next = next;
        }

        @SuppressWarnings("unchecked") // it is handed what it was made for
        static Sorting before(ValueSerializer<?> next) {
            return new Sorting((ValueSerializer<Object>) next);
        }

        @Override
        public void resolve(SerializationContext context) {
            next.resolve(context);
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            return before(next.createContextual(context, property));
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            next.serialize(sorted(value), generator, context);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            next.serializeWithType(value, generator, context, type);
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object value) {
            return next.isEmpty(context, value);
        }

        @Override
        public Class<?> handledType() {
            return next.handledType();
        }
    }
}

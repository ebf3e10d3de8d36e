package dev.larder.codec.serial;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The classes that may stand in serialised bytes: a closed table of names, in which bytes look up and load nothing. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users keep such values
final class AllowedClasses {

    private static final List<Class<?>> VALUES = List.of(
            Object.class, // the component of an Object[]; there is no state in it
            Enum.class,
            Number.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Date.class,
            DayOfWeek.class,
            Month.class);

    private static final List<Class<?>> COLLECTIONS = List.of(
            ArrayList.class,
            LinkedList.class,
            Arrays.asList().getClass(),
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            EnumMap.class,
            Collections.emptyList().getClass(),
            Collections.emptySet().getClass(),
            Collections.emptyMap().getClass(),
            Collections.singletonList(1).getClass(),
            Collections.singleton(1).getClass(),
            Collections.singletonMap(1, 1).getClass(),
            Collections.unmodifiableCollection(new ArrayList<>()).getClass(),
            Collections.unmodifiableList(new LinkedList<>()).getClass(),
            Collections.unmodifiableList(new ArrayList<>()).getClass(),
            Collections.unmodifiableSet(new HashSet<>()).getClass(),
            Collections.unmodifiableMap(new HashMap<>()).getClass());

    /** What stands for {@code java.time}, {@code List.of} and {@code EnumSet}, in classes that are hidden. */
    private static final List<String> STAND_INS =
            List.of("java.time.Ser", "java.util.CollSer", "java.util.EnumSet$SerializationProxy");

    private static final Map<Character, Class<?>> PRIMITIVES = Map.of(
            'Z', boolean.class,
            'B', byte.class,
            'C', char.class,
            'S', short.class,
            'I', int.class,
            'J', long.class,
            'F', float.class,
            'D', double.class);

    private final Map<String, Class<?>> byName = new HashMap<>();

    AllowedClasses(Collection<Class<?>> users) {
        VALUES.forEach(this::add);
        COLLECTIONS.forEach(this::add);
        STAND_INS.forEach(name -> add(ofTheJdk(name)));
        users.forEach(this::addWithSuperclasses);
    }

    /** Returns the class of a name in the form that serialisation uses, or null if it is not allowed. */
    @Nullable
    Class<?> find(String name) {
        return name.startsWith("[") ? findArray(name) : byName.get(name);
    }

    boolean contains(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() || byName.get(element.getName()) == element;
    }

    private @Nullable Class<?> findArray(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        Class<?> type = element(name.substring(dimensions));
        for (int i = 0; type != null && i < Math.min(dimensions, 255); i++) {
            type = type.arrayType();
        }
        return type;
    }

    private @Nullable Class<?> element(String descriptor) {
        if (descriptor.length() == 1) {
            return PRIMITIVES.get(descriptor.charAt(0));
        }
        boolean isReference = descriptor.startsWith("L") && descriptor.endsWith(";");
        return isReference ? byName.get(descriptor.substring(1, descriptor.length() - 1)) : null;
    }

    private void add(Class<?> type) {
        byName.put(type.getName(), type);
    }

    private void addWithSuperclasses(Class<?> type) {
        Class<?> each = type;
        while (each != null && each != Object.class) {
            add(each);
            each = each.getSuperclass();
        }
    }

    private static Class<?> ofTheJdk(String name) {
        try {
            return Class.forName(name, false, LocalDate.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new LinkageError("a JDK without " + name, missing);
        }
    }
}

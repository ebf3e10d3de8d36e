package dev.larder.jcache.model;

import dev.larder.jcache.fixture.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/**
 * A type of value. Each value stands for a number, so that operations can be written down and values copied without the
 * help of what is tested.
 *
 * @param <V> the type of value
 * @param type the class that the cache is made for
 * @param maker makes the value of a number
 * @param number tells the number of a value
 * @param changer gives a value another number; null if values of this type cannot be changed
 */
record ValueKind<V>(
        String name, Class<V> type, IntFunction<V> maker, ToIntFunction<V> number, ObjIntConsumer<V> changer) {

    /** A record that can be changed all the same, by way of what it holds. */
    record Basket(List<Integer> numbers) {}

    static final ValueKind<String> STRING =
            new ValueKind<>("String", String.class, String::valueOf, Integer::parseInt, null);

    static final ValueKind<Box> BOX = new ValueKind<>(
            "Box",
            Box.class,
            number -> new Box(String.valueOf(number)),
            box -> Integer.parseInt(box.content()),
            (box, number) -> box.change(String.valueOf(number)));

    static final ValueKind<int[]> ARRAY = new ValueKind<>(
            "int[]",
            int[].class,
            number -> new int[] {number},
            array -> array[0],
            (array, number) -> array[0] = number);

    static final ValueKind<List<Integer>> LIST = new ValueKind<>(
            "List", listType(), ValueKind::listOf, list -> list.get(0), (list, number) -> list.set(0, number));

    static final ValueKind<Basket> RECORD = new ValueKind<>(
            "Basket",
            Basket.class,
            number -> new Basket(listOf(number)),
            basket -> basket.numbers().get(0),
            (basket, number) -> basket.numbers().set(0, number));

    static final List<ValueKind<?>> ALL = List.of(STRING, BOX, ARRAY, LIST, RECORD);

    @SuppressWarnings("unchecked") // there is no class of lists of something
    private static Class<List<Integer>> listType() {
        return (Class<List<Integer>>) (Class<?>) List.class;
    }

    private static List<Integer> listOf(int number) {
        return new ArrayList<>(List.of(number));
    }

    V of(int value) {
        return maker.apply(value);
    }

    int numberOf(V value) {
        return number.applyAsInt(value);
    }

    V copy(V value) {
        return of(numberOf(value));
    }

    boolean isMutable() {
        return changer != null;
    }

    @Override
    public String toString() {
        return name;
    }
}

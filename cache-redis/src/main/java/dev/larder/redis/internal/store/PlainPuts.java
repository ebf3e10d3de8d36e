package dev.larder.redis.internal.store;

import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;

/** Puts that need no script, collected to be made together. For one thread. */
final class PlainPuts {

    private final List<Place<?, ?>> places = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final List<SetArgs> options = new ArrayList<>();
    private final List<Place<?, ?>> made = new ArrayList<>();

    void add(Place<?, ?> place, byte[] value, SetArgs option) {
        places.add(place);
        values.add(value);
        options.add(option);
    }

    /** Returns where something was put, also if something else could not be. */
    List<Place<?, ?>> made() {
        return made;
    }

    void make(Bulk bulk) {
        if (!places.isEmpty()) {
            bulk.set(
                    places.stream().map(Place::wire).toList(), values, options, number -> made.add(places.get(number)));
        }
    }
}

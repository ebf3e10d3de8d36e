package dev.larder.examples.boot;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a user wants to buy; kept in the session. */
record Cart(List<String> items) implements Serializable {

    Cart {
        items = List.copyOf(items);
    }

    Cart with(String item) {
        List<String> more = new ArrayList<>(items);
        more.add(item);
        return new Cart(more);
    }
}

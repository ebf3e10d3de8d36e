package com.example.shop;

import dev.larder.annotations.CachedProxy;
import javax.cache.Caching;

/** Asks for a price four times, and prints what it heard and from which modules. */
public final class Shop {

    private Shop() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Prices prices = CachedProxy.of(Prices.class, new Computed());
        System.out.println(prices.price("tea"));
        System.out.println(prices.price("tea"));
        prices.forget("tea");
        System.out.println(prices.price("tea"));
        System.out.println(Shop.class.getModule().getName());
        System.out.println(CachedProxy.class.getModule().getName());
        System.out.println(Caching.getCachingProvider().getClass().getModule().getName());
    }

    private static final class Computed implements Prices {

        private int calls;

        @Override
        public String price(String item) {
            calls++;
            return item + " " + calls;
        }

        @Override
        public void forget(String item) {}
    }
}

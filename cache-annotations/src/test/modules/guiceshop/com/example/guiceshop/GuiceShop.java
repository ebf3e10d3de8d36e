package com.example.guiceshop;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.larder.annotations.guice.CacheAnnotationsModule;
import javax.cache.annotation.CacheResult;

/** Asks for a price twice, and prints what it heard. */
public final class GuiceShop {

    private GuiceShop() {}

    /** What is cached. */
    public static class Prices {

        private int calls;

        /** Returns the price of an item. */
        @CacheResult(cacheName = "prices")
        public String price(String item) {
            calls++;
            return item + " " + calls;
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        Injector injector = Guice.createInjector(new CacheAnnotationsModule());
        Prices prices = injector.getInstance(Prices.class);
        System.out.println(prices.price("tea"));
        System.out.println(prices.price("tea"));
        System.out.println(CacheAnnotationsModule.class.getModule().getName());
        System.out.println(Injector.class.getModule().getName());
    }
}

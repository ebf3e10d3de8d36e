package com.example.weldshop;

import dev.larder.annotations.cdi.CacheAnnotationsExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.annotation.CacheResult;

/** Asks for a price twice, and prints what it heard. */
public final class WeldShop {

    private WeldShop() {}

    /** What is cached. */
    @ApplicationScoped
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
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Prices.class)
                .addExtensions(new CacheAnnotationsExtension())
                .initialize()) {
            Prices prices = container.select(Prices.class).get();
            System.out.println(prices.price("tea"));
            System.out.println(prices.price("tea"));
            System.out.println(CacheAnnotationsExtension.class.getModule().getName());
            System.out.println(container.getClass().getModule().getName());
        }
    }
}

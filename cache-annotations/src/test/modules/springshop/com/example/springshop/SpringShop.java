package com.example.springshop;

import dev.larder.annotations.spring.EnableCacheAnnotations;
import javax.cache.annotation.CacheResult;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Asks for a price twice, and prints what it heard. */
public final class SpringShop {

    private SpringShop() {}

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

    /** Switches the annotations on. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAnnotations
    public static class Switch {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(Switch.class, Prices.class)) {
            Prices prices = context.getBean(Prices.class);
            System.out.println(prices.price("tea"));
            System.out.println(prices.price("tea"));
            System.out.println(EnableCacheAnnotations.class.getModule().getName());
            System.out.println(ApplicationContext.class.getModule().getName());
        }
    }
}

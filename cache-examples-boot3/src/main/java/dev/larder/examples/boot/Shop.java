package dev.larder.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A shop with a login page and a cart. Start it twice, with {@code -Dshop.redis=redis://...} and another {@code --server.port}: it
 * does not matter which instance answers.
 */
@SpringBootApplication
public class Shop {

    /** Starts one instance. */
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }
}

package dev.larder.examples.boot;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the cart and adds to it, in the words of servlets: nothing here knows who keeps the session. */
@RestController
class CartPage {

    private static final String CART = "cart";

    @GetMapping("/")
    String show(Principal user, HttpSession session) {
        return user.getName() + ": " + cartOf(session).items();
    }

    @PostMapping("/cart")
    String add(@RequestParam("item") String item, Principal user, HttpSession session) {
        session.setAttribute(CART, cartOf(session).with(item));
        return show(user, session);
    }

    private static Cart cartOf(HttpSession session) {
        return session.getAttribute(CART) instanceof Cart cart ? cart : new Cart(List.of());
    }
}

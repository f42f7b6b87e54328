"""Writes reference.json: every block of the network in PyTorch, forward and gradients.

Run with python3 and PyTorch 1.13 in this directory. Blocks are written with PyTorch's own
operators and autograd; rotary positions are complex products here, and attention without them is
torch.nn.MultiheadAttention, so that nothing is derived the way the Java code derives it.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.manual_seed(20)
cases = {}


def flat(t):
    return {"shape": list(t.shape), "values": [float("%.9g" % v) for v in t.detach().reshape(-1).tolist()]}


def rand(*shape):
    return torch.randn(*shape)


def case(name, params, x, forward):
    for p in params.values():
        p.requires_grad_(True)
    x.requires_grad_(True)
    y = forward(x, params)
    dy = rand(*y.shape)
    y.backward(dy)
    cases[name] = {
        "x": flat(x), "dy": flat(dy), "y": flat(y), "dx": flat(x.grad),
        "params": {k: flat(v) for k, v in params.items()},
        "gradients": {k: flat(v.grad) for k, v in params.items() if v.grad is not None},
    }


def lin(p, n, x):
    return F.linear(x, p[n + ".weight"], p.get(n + ".bias"))


def linear(n, out, inp, bias=True):
    p = {n + ".weight": rand(out, inp) / math.sqrt(inp)}
    if bias:
        p[n + ".bias"] = rand(out) * 0.3
    return p


def norm(n, width, bias):
    p = {n + ".weight": 1 + 0.3 * rand(width)}
    if bias:
        p[n + ".bias"] = 0.3 * rand(width)
    return p


def layer_norm(p, n, x):
    return F.layer_norm(x, x.shape[-1:], p[n + ".weight"], p[n + ".bias"], 1e-5)


def rms_norm(p, n, x):
    return x / torch.sqrt(torch.mean(x ** 2, -1, keepdim=True) + 1e-5) * p[n + ".weight"]


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


def rotate(x, base):
    """x: [batch, heads, length, width]; the pair (i, i + width/2) is one complex number."""
    half = x.shape[-1] // 2
    angles = torch.arange(x.shape[2], dtype=torch.float64)[:, None] * base ** (
        -torch.arange(half, dtype=torch.float64) / half)
    z = torch.complex(x[..., :half], x[..., half:]) * torch.polar(
        torch.ones_like(angles), angles).to(torch.complex64)
    return torch.cat([z.real, z.imag], -1)


def causal_attention(p, n, x, batch, heads, key_heads, base):
    length = x.shape[0] // batch
    q, k, v = (lin(p, n + s, x).reshape(batch, length, h, -1).transpose(1, 2)
               for s, h in (("q_proj", heads), ("k_proj", key_heads), ("v_proj", key_heads)))
    q, k = rotate(q, base), rotate(k, base)
    k, v = (t.repeat_interleave(heads // key_heads, 1) for t in (k, v))
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    scores = scores.masked_fill(torch.ones(length, length).triu(1).bool(), float("-inf"))
    context = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape[0], -1)
    return lin(p, n + "o_proj", context)


def open_attention(p, n, x, batch, heads):
    width = x.shape[-1]
    names = [n + s for s in ("q_proj", "k_proj", "v_proj")]
    x = x.reshape(batch, -1, width)
    out, _ = F.multi_head_attention_forward(
        *(x.transpose(0, 1),) * 3, width, heads,
        torch.cat([p[m + ".weight"] for m in names]), torch.cat([p[m + ".bias"] for m in names]),
        None, None, False, 0.0, p[n + "out_proj.weight"], p[n + "out_proj.bias"])
    return out.transpose(0, 1).reshape(-1, width)


def swiglu(p, n, x):
    return lin(p, n + "down_proj", F.silu(lin(p, n + "gate_proj", x)) * lin(p, n + "up_proj", x))


def attention_params(n, width, key_width, bias, last):
    return {**linear(n + "q_proj", width, width, bias), **linear(n + "k_proj", key_width, width, bias),
            **linear(n + "v_proj", key_width, width, bias), **linear(n + last, width, width, bias)}


def swiglu_params(n, width, hidden):
    return {**linear(n + "gate_proj", hidden, width, False), **linear(n + "up_proj", hidden, width, False),
            **linear(n + "down_proj", width, hidden, False)}


def vision_params():
    n = "vision_tower.vision_model."
    p = {n + "embeddings.patch_embedding.weight": rand(8, 4) / 2,
         n + "embeddings.class_embedding": rand(8) * 0.5,
         n + "embeddings.position_embedding.weight": rand(5, 8) * 0.5, **norm(n + "pre_layrnorm", 8, True)}
    for i in range(2):
        m = n + "encoder.layers.%d." % i
        p.update({**norm(m + "layer_norm1", 8, True), **norm(m + "layer_norm2", 8, True),
                  **attention_params(m + "self_attn.", 8, 8, True, "out_proj"),
                  **linear(m + "mlp.fc1", 12, 8), **linear(m + "mlp.fc2", 8, 12)})
    return {**p, **norm(n + "post_layernorm", 8, True)}


def vision(patches, p):
    n = "vision_tower.vision_model."
    batch = patches.shape[0] // 4
    x = lin(p, n + "embeddings.patch_embedding", patches).reshape(batch, 4, 8)
    x = torch.cat([p[n + "embeddings.class_embedding"].expand(batch, 1, 8), x], 1)
    x = (x + p[n + "embeddings.position_embedding.weight"]).reshape(-1, 8)
    x = layer_norm(p, n + "pre_layrnorm", x)
    for i in range(2):
        m = n + "encoder.layers.%d." % i
        x = x + open_attention(p, m + "self_attn.", layer_norm(p, m + "layer_norm1", x), batch, 2)
        h = quick_gelu(lin(p, m + "mlp.fc1", layer_norm(p, m + "layer_norm2", x)))
        x = x + lin(p, m + "mlp.fc2", h)
    return layer_norm(p, n + "post_layernorm", x).reshape(batch, 5, 8)[:, 1:].reshape(-1, 8)


def decoder_params():
    n = "language_model."
    p = {n + "model.embed_tokens.weight": rand(9, 8)}
    for i in range(2):
        m = n + "model.layers.%d." % i
        p.update({**norm(m + "input_layernorm", 8, False), **norm(m + "post_attention_layernorm", 8, False),
                  **attention_params(m + "self_attn.", 8, 4, False, "o_proj"),
                  **swiglu_params(m + "mlp.", 8, 12)})
    return {**p, **norm(n + "model.norm", 8, False), **linear(n + "lm_head", 9, 8, False)}


def decoder(images, p, count=2):
    """A few image rows, then the text 3 4 5 1 whose last two tokens are the answer; twice."""
    n = "language_model."
    tokens = torch.tensor([3, 4, 5, 1])
    text = F.embedding(tokens, p[n + "model.embed_tokens.weight"]).expand(2, 4, 8)
    x = torch.cat([images.reshape(2, count, 8), text], 1).reshape(-1, 8)
    for i in range(2):
        m = n + "model.layers.%d." % i
        h = rms_norm(p, m + "input_layernorm", x)
        x = x + causal_attention(p, m + "self_attn.", h, 2, 4, 2, 10000.0)
        x = x + swiglu(p, m + "mlp.", rms_norm(p, m + "post_attention_layernorm", x))
    rows = x.reshape(2, count + 4, 8)[:, count + 1:count + 3].reshape(-1, 8)
    return lin(p, n + "lm_head", rms_norm(p, n + "model.norm", rows))


case("linear", linear("l", 3, 5), rand(4, 5), lambda x, p: lin(p, "l", x))
case("layer_norm", norm("n", 6, True), rand(4, 6), lambda x, p: layer_norm(p, "n", x))
case("rms_norm", norm("n", 6, False), rand(4, 6), lambda x, p: rms_norm(p, "n", x))
for name, act in (("gelu", F.gelu), ("quick_gelu", quick_gelu)):
    case(name, {**linear("a", 7, 4), **linear("b", 4, 7)}, rand(3, 4),
         lambda x, p: lin(p, "b", act(lin(p, "a", x))))
case("swiglu", swiglu_params("", 4, 6), rand(3, 4), lambda x, p: swiglu(p, "", x))
case("rotary", {}, rand(3, 5, 6), lambda x, p: rotate(x[:, None], 10000.0)[:, 0])
case("open_attention", attention_params("", 8, 8, True, "out_proj"), rand(6, 8),
     lambda x, p: open_attention(p, "", x, 2, 2))
case("grouped_causal_attention", attention_params("", 8, 4, False, "o_proj"), rand(10, 8),
     lambda x, p: causal_attention(p, "", x, 2, 4, 2, 10000.0))
case("vision_encoder", vision_params(), rand(8, 4), vision)
case("decoder", decoder_params(), rand(4, 8), decoder)

scores = rand(4, 5).requires_grad_(True)
targets = torch.softmax(rand(4, 5), -1)
loss = F.cross_entropy(scores, targets)
loss.backward()
cases["cross_entropy"] = {"x": flat(scores), "targets": flat(targets), "y": flat(loss.reshape(1)), "dx": flat(scores.grad)}
weights = rand(3, 2)
p = torch.nn.Parameter(weights.clone())
optimiser = torch.optim.AdamW([p], lr=0.01, betas=(0.9, 0.98), weight_decay=0.05)
steps = []
for _ in range(3):
    p.grad = rand(3, 2)
    steps.append({"gradient": flat(p.grad)})
    torch.nn.utils.clip_grad_norm_([p], 1.0)
    optimiser.step()
    steps[-1]["value"] = flat(p)
cases["adamw"] = {"x": flat(weights), "steps": steps}
step = {**{k: v.detach() for k, v in decoder_params().items()},
        **linear("multi_modal_projector.linear", 8, 6)}
features, targets = rand(8, 6), torch.softmax(3 * rand(4, 9), -1)
trained = [v.requires_grad_(True) for k, v in step.items() if k.startswith("multi_modal")]
loss = F.cross_entropy(decoder(lin(step, "multi_modal_projector.linear", features), step, 4), targets)
loss.backward()
cases["step"] = {
    "x": flat(features), "targets": flat(targets), "y": flat(loss.reshape(1)),
    "params": {k: flat(v) for k, v in step.items()},
    "gradients": {k: flat(v.grad) for k, v in step.items() if v.grad is not None},
}
with open("reference.json", "w") as out:
    json.dump(cases, out, separators=(",", ":"))
    out.write("\n")

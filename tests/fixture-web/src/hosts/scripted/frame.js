const frame = document.createElement("iframe");
frame.src = part;
root.append(frame);
